// The mock's one item: its guide, its form, its papers and texts.
import { createHash } from 'node:crypto'
import { bodies, halls } from './region.mjs'

export const code = '992080005001'
export const name = '亲属关系情况证明'
/** As the server gives forms to browsers: Chinese under its name, English under `x-en`. */
export function worded(names) {
  const out = {}
  for (const [name, [zh, en]] of Object.entries(names)) {
    if (zh) out[name] = zh
    if (en) out['x-en'] = { ...out['x-en'], [name]: en }
  }
  return out
}
export const text = (parts) => ({
  version: '2026-09',
  ...parts,
  hash: createHash('sha256')
    .update(JSON.stringify({ title: parts.title, paragraphs: parts.paragraphs }))
    .digest('hex'),
})

export const notice = text({
  key: 'notice',
  title: '办理须知',
  agree_label: '我已读完，同意这样办理',
  paragraphs: [
    '您的姓名和公民身份号码取自您的实名信息，不用再填。',
    '街道办事处核对您填的亲属关系。核对依据是您交的材料或您的承诺，只用于这次办理。',
    '您填的另一位亲属的信息，请先告诉本人。',
    '中途可以退出，填的内容保存30天。',
  ],
})
export const declaration = text({
  key: 'declaration',
  title: '提交前的声明',
  agree_label: '以上属实，我愿意承担不实的后果',
  paragraphs: ['我填写的内容和交的材料都是真实的。', '内容不实的，撤销证明，并依法承担责任。'],
})
export const promise = text({
  key: 'kinship_promise',
  title: '亲属关系告知承诺书',
  agree_label: '我已阅读并承诺',
  paragraphs: [
    '一、告知：户口簿、出生医学证明、结婚证能证明亲属关系的，可以用本承诺书代替。',
    '二、承诺：我与所填亲属的关系真实，能够证明。',
    '三、后果：承诺不实的，撤销决定，并记入信用记录；造成损失的，依法承担责任。',
    '四、期限：承诺自签署之日起有效，到证明失效时止。',
  ],
})

const relations = [
  ['father', '父亲', 'Father'],
  ['mother', '母亲', 'Mother'],
  ['son', '儿子', 'Son'],
  ['daughter', '女儿', 'Daughter'],
  ['spouse', '配偶', 'Spouse'],
  ['grandparent', '祖父母、外祖父母', 'Grandparent'],
  ['grandchild', '孙子女、外孙子女', 'Grandchild'],
  ['sibling', '兄弟姐妹', 'Brother or sister'],
].map(([value, zh, en]) => ({ value, ...worded({ label: [zh, en] }) }))

/** The tree of the condition `name = "value"`. */
const equals = (asked, value) => ({
  op: '=',
  at: [1, 1],
  args: [
    { op: 'name', at: [1, 1], path: [asked] },
    { op: 'string', at: [1, asked.length + 4], value },
  ],
})
export const field = (key, kind, label, { hint = [], ...more } = {}) => ({
  key,
  kind,
  ...worded({ label, hint }),
  ...more,
})
export const page = (id, title, hint, fields) => ({ id, ...worded({ title, hint }), fields })
export const form = {
  version: 1,
  ...worded({ title: [name, 'Certificate of kinship'] }),
  pages: [
    page(
      'applicant',
      ['您的情况', 'About you'],
      ['灰底的是政府已有的数据，您看对不对。', 'Grey fields come from government records. Are they right?'],
      [
        field('applicant_name', 'name', ['姓名', 'Name'], { locked: 'applicant.name' }),
        field('applicant_id_number', 'id_number', ['公民身份号码', 'ID number'], {
          locked: 'applicant.id_number',
        }),
        field('phone', 'phone', ['联系电话', 'Phone'], {
          hint: ['办理中会打这个电话', 'We call this number if needed'],
          prefill: 'applicant.phone',
        }),
        field('address', 'address', ['户籍地址', 'Registered address'], {
          max_length: 100,
          source: 'household.address',
        }),
      ],
    ),
    page(
      'relative',
      ['亲属的情况', 'Your relative'],
      ['写您要证明与谁的关系。', 'Who you want to be certified as related to.'],
      [
        field('relative_name', 'name', ['亲属的姓名', 'Name of the relative']),
        field('relative_id_number', 'id_number', ['亲属的公民身份号码', 'ID number of the relative']),
        field('relation', 'choice', ['对方是您的什么人', 'Who they are to you'], { choices: relations }),
        field('relative_birth', 'date', ['亲属的出生日期', 'Date of birth of the relative'], {
          optional: true,
        }),
      ],
    ),
    page(
      'purpose',
      ['证明用在哪里', 'What it is for'],
      [],
      [
        field('purpose', 'choice', ['做什么用', 'Purpose'], {
          choices: [
            {
              value: 'inheritance',
              ...worded({
                label: ['继承', 'Inheritance'],
                hint: ['比如办继承公证、取存款', 'a notary, a bank deposit'],
              }),
            },
            { value: 'visit', ...worded({ label: ['探亲、出国', 'Visits, going abroad'] }) },
            { value: 'insurance', ...worded({ label: ['保险、抚恤', 'Insurance, pensions'] }) },
            { value: 'other', ...worded({ label: ['其他', 'Other'] }) },
          ],
        }),
        field('purpose_other', 'text', ['写一写做什么用', 'Describe the purpose'], {
          max_length: 60,
          visible_when: equals('purpose', 'other'),
        }),
        field('receiver', 'text', ['交给哪个单位', 'Who asks for it'], {
          max_length: 60,
          hint: ['写单位全称', 'Its full name'],
        }),
        field('details', 'long_text', ['还要说明的', 'Anything else'], { optional: true, max_length: 300 }),
      ],
    ),
  ],
}

const upload = { files_max: 3, accept: ['pdf', 'jpeg', 'png'], size_max: 10_485_760 }
export const materials = [
  {
    key: 'kinship_proof',
    name: '能证明亲属关系的材料',
    note: '户口簿、出生医学证明、结婚证，有一样就行；拍清楚整页。',
    necessity: 'required',
    ways: ['waived', 'promise', 'upload', 'window'],
    promise,
    ...upload,
  },
  {
    key: 'receiver_letter',
    name: '对方单位的要求',
    note: '对方给过书面要求的，拍来看一看，写得更准。',
    necessity: 'optional',
    ways: ['upload'],
    ...upload,
  },
  {
    key: 'id_card',
    name: '居民身份证',
    note: '',
    necessity: 'required',
    ways: ['waived'],
    waived_because: '登录时已实名核验',
  },
]

export const application = {
  code,
  name,
  version: 4,
  minutes: 6,
  notice,
  declaration,
  form,
  materials,
  collection: ['electronic', 'window'],
}

export function guide(region) {
  const body = bodies.find((one) => one.region === region)
  return {
    code,
    name,
    version: 4,
    published_on: '2026-09-01',
    audience: 'person',
    kind: 'promised',
    summary: '要证明您和家人是什么关系，比如办继承、探亲，由街道、镇核对后出一份盖电子印章的证明。',
    promise: { value: 2, unit: 'working_day', text: '2个工作日' },
    statutory_text: '没有法定期限',
    visits: 0,
    visits_text: '全程网办',
    fee_text: '不收费',
    minutes: 6,
    real_name_level: 2,
    theme: 'certificates',
    theme_name: '证明',
    ...(body ? { body: strip(body) } : {}),
    conditions: [
      '户籍在示例市的居民',
      '与对方是父母子女、配偶、祖孙、兄弟姐妹',
      '户口簿、出生证、结婚证不能直接证明，或对方单位另要证明',
    ],
    materials: [
      {
        key: 'kinship_proof',
        name: '能证明亲属关系的材料',
        way: 'upload',
        necessity: 'required',
        note: '户口簿、出生证、结婚证有一样就行；没有的可以签承诺书',
        basis: '民发〔2020〕20号',
        copies: '原件电子件1份',
      },
      {
        key: 'receiver_letter',
        name: '对方单位的要求',
        way: 'upload',
        necessity: 'optional',
        note: '有就交',
      },
      { key: 'id_card', name: '居民身份证', way: 'waived', necessity: 'required', note: '登录时已实名核验' },
    ],
    steps: [
      { name: '您提交申请', who: '您', time_text: '约6分钟' },
      {
        name: '告诉您是否受理',
        who: '街道、镇',
        time_text: '5个工作日内',
        note: '缺什么一次说清；您补正的时间不算',
      },
      { name: '审核', who: '街道、镇', time_text: '受理后2个工作日内' },
      { name: '出证明', who: '街道、镇', time_text: '当天', note: '电子证明，盖电子印章' },
    ],
    basis: [
      {
        title: '民政部等六部门《关于改进和规范基层群众性自治组织出具证明工作的指导意见》',
        article: '民发〔2020〕20号',
        text: '亲属关系证明不由社区出具。',
      },
    ],
    faq: [
      {
        question: '为什么社区不开这个证明？',
        answer: '国家规定社区不再出具亲属关系证明，由街道、镇核对后出具。',
      },
      { question: '电子证明和纸的一样吗？', answer: '一样有效。对方可以扫证明上的二维码核验。' },
    ],
    halls: halls
      .slice(0, body ? 1 : 3)
      .map(({ name: hall, address, phone, hours }) => ({ name: hall, address, phone, hours })),
    bodies: bodies.map(({ region: at, region_name, county_name, name: body_name }) => ({
      region: at,
      region_name,
      county_name,
      body_name,
    })),
    result_name: '亲属关系情况证明',
    result_text: '电子证明，PDF，加盖电子印章',
    remedies: {
      text: '对决定不服的，60日内可以向示例市示例区人民政府申请行政复议，或者6个月内向示例市示例区人民法院提起行政诉讼。',
    },
    phones: { consult: '12345转2100', complain: '12345转2190' },
    note: '社区不出具这个证明。',
    available: true,
  }
}
const strip = ({ county_name: _, ...body }) => body

const others = [
  ['992080004001', '政审材料情况证明', '入伍、入职、入党要的政审材料，由街道、镇出具。'],
  ['992015001001', '无房证明', '证明您和未成年子女在本市名下没有登记的房屋。'],
  ['992009001001', '居住证申领', '非本市户籍、住满半年的，可以申领居住证。'],
  ['992025001001', '食品经营许可（小餐饮）', '开小餐馆、小食店要先办的许可。'],
  ['992014001001', '社会保险参保证明', '打印您的参保和缴费情况。'],
  ['992011001001', '困难家庭情况证明', '低保、特困等家庭的情况证明。'],
]
const link = (one) => ({ code: one[0], name: one[1] })
export const home = {
  frequent: [{ code, name }, ...others.slice(1, 4).map(link)],
  themes: [
    { id: 'certificates', name: '证明', items: [{ code, name }, ...others.slice(0, 2).map(link)] },
    { id: 'living', name: '户籍居住', items: [link(others[2])] },
    { id: 'business', name: '开店办企业', items: [link(others[3])] },
    { id: 'insurance', name: '社保', items: [link(others[4])] },
    { id: 'aid', name: '救助', items: [link(others[5])] },
  ],
  total: 7,
}
const hit = ([item, title, summary], time_text = '即办') => ({
  code: item,
  name: title,
  summary,
  time_text,
  visits: 0,
  fee_text: '不收费',
})
const hits = [
  hit([code, name, '证明您和家人是什么关系，比如办继承、探亲。'], '2个工作日'),
  ...others.map((one) => hit(one)),
]
const also = {
  992015001001: 'wfzm wufangzhengming 没房子 名下没房',
  992025001001: 'spjyxk shipinjingyingxuke 开饭馆 开餐馆',
  [code]: 'qsgx qinshu guanxi 继承 户口 证明我妈是我妈',
}

export function search(q) {
  const asked = (q ?? '').trim().toLowerCase()
  const found = hits.filter((one) =>
    `${one.name}${one.summary}${also[one.code] ?? ''}`.toLowerCase().includes(asked),
  )
  return { count: found.length, hits: found, nearest: found.length === 0 ? hits.slice(0, 3) : [] }
}
