// Items of the mock beside the certificate of kinship: one decided at once, one sent home by courier, one for a firm.
import * as kinship from './item.mjs'
import { field, page, text, worded } from './item.mjs'
import { about } from './sources.mjs'

const ask = (key, resource, why, more = {}) => ({
  key,
  ...about(resource),
  who: '示例市示例区人民政府示例街道办事处',
  why,
  basis: 'consent',
  ...more,
})
const consent = text({
  key: 'data_consent',
  title: '查询个人信息同意书',
  agree_label: '我同意查这一次',
  paragraphs: [
    '为办这件事，由上面列出的机关向上面列出的单位各查一次。',
    '查到的内容只用于这次办理，办完按档案规定保存，不作他用。',
    '您可以不同意。不同意的，自己填、自己交材料，一样能办。',
    '同意以后、提交以前，随时可以在“我的授权”里撤回。',
  ],
})
const phone = field('phone', 'phone', ['联系电话', 'Phone'], { prefill: 'applicant.phone' })
const own = (title, more) =>
  page(
    'applicant',
    title,
    ['灰底的是政府已有的数据，您看对不对。', 'Grey fields come from government records. Are they right?'],
    [
      field('applicant_name', 'name', ['姓名', 'Name'], { locked: 'applicant.name' }),
      field('applicant_id_number', 'id_number', ['公民身份号码', 'ID number'], {
        locked: 'applicant.id_number',
      }),
      ...more,
      phone,
    ],
  )
const declaration = kinship.declaration
const notice = (paragraphs) =>
  text({ key: 'notice', title: '办理须知', agree_label: '我已读完，同意这样办理', paragraphs })

export const items = new Map()
function add(item) {
  items.set(item.code, {
    version: 4,
    minutes: 3,
    declaration,
    collection: ['electronic'],
    consent,
    ...item,
  })
}

add({
  code: kinship.code,
  name: kinship.name,
  minutes: 6,
  notice: kinship.notice,
  form: kinship.form,
  materials: kinship.materials,
  collection: ['electronic', 'window'],
  asks: [
    ask('household', 'household', '核对您的户口在哪里，地址不用您填'),
    ask('kin', 'kinship', '登记里有的关系，不用您交户口簿'),
  ],
  offer: {
    kinship_proof: ({ kin }) =>
      kin.outcome === 'found'
        ? ['waived', '户籍登记里已有这层关系，不用交。']
        : kin.outcome === 'down'
          ? ['upload', '户籍登记现在查不了，请上传户口簿或出生证。']
          : ['promise', '户籍登记里没有查到这层关系，可以承诺，也可以上传。'],
  },
  instant: ({ kin }) => [
    [
      'kin_is_proven',
      kin.outcome === 'found' ? 'yes' : kin.outcome === 'none' ? 'no' : 'undetermined',
      '户籍登记里有这层关系',
      '户籍登记里没有查到这层关系',
    ],
  ],
})
add({
  code: '992015001001',
  name: '无房证明',
  notice: notice([
    '查本市不动产登记。您和未成年子女名下都没有房屋的，当场出证明。',
    '有登记的，转给工作人员核对。',
  ]),
  form: {
    version: 1,
    ...worded({ title: ['无房证明', 'Certificate of owning no home'] }),
    pages: [
      own(
        ['您的情况', 'About you'],
        [field('address', 'address', ['户籍地址', 'Registered address'], { source: 'household.address' })],
      ),
    ],
  },
  materials: [
    {
      key: 'id_card',
      name: '居民身份证',
      note: '',
      necessity: 'required',
      ways: ['waived'],
      waived_because: '登录时已实名核验',
    },
    {
      key: 'household_book',
      name: '户口簿',
      note: '',
      necessity: 'required',
      ways: ['waived', 'upload'],
      waived_because: '已向公安查到户口登记',
      files_max: 3,
      accept: ['jpeg', 'png', 'pdf'],
      size_max: 10_485_760,
    },
  ],
  asks: [
    ask('household', 'household', '看您有没有未成年子女，地址不用您填'),
    ask('estate', 'estate', '看您名下有没有登记的房屋'),
  ],
  offer: {},
  instant: ({ household, estate }) => [
    [
      'household_known',
      household.outcome === 'found' ? 'yes' : 'undetermined',
      '户口登记查到了',
      '户口登记没有查到',
    ],
    [
      'no_house',
      estate.outcome === 'none' ? 'yes' : estate.outcome === 'found' ? 'no' : 'undetermined',
      '本市不动产登记里没有您的房屋',
      '登记里有您名下的房屋1处，要由工作人员核对',
    ],
  ],
})
add({
  code: '992009001001',
  name: '居住证申领',
  minutes: 5,
  notice: notice(['住满半年，有合法稳定就业、住所或者就读的，可以申领。', '受理后15日内做好卡片。']),
  form: {
    version: 1,
    ...worded({ title: ['居住证申领', 'Residence permit'] }),
    pages: [
      own(
        ['您的情况', 'About you'],
        [field('address', 'address', ['户籍地址', 'Registered address'], { source: 'household.address' })],
      ),
      page(
        'work',
        ['就业', 'Work'],
        [],
        [
          field('unit', 'text', ['工作单位', 'Employer'], { source: 'insurance.unit_name' }),
          field('since', 'date', ['从哪天起住在这里', 'Living here since']),
        ],
      ),
    ],
  },
  materials: [
    {
      key: 'photo',
      name: '近期免冠照片',
      note: '白底，小二寸。',
      necessity: 'required',
      ways: ['upload'],
      files_max: 1,
      accept: ['jpeg', 'png'],
      size_max: 2_097_152,
    },
    {
      key: 'work_proof',
      name: '就业证明',
      note: '劳动合同或者单位证明',
      necessity: 'required',
      ways: ['waived', 'promise', 'upload', 'window'],
      promise: kinship.promise,
      files_max: 3,
      accept: ['jpeg', 'png', 'pdf'],
      size_max: 10_485_760,
    },
    {
      key: 'id_card',
      name: '居民身份证',
      note: '',
      necessity: 'required',
      ways: ['licence', 'upload'],
      files_max: 2,
      accept: ['jpeg', 'png', 'pdf'],
      size_max: 10_485_760,
    },
  ],
  collection: ['window', 'courier'],
  asks: [
    ask('household', 'household', '看您的户籍在哪里，地址不用您填'),
    ask('insurance', 'insurance', '看您在本市有没有参保，有就不用交就业证明'),
  ],
  offer: {
    work_proof: ({ insurance }) =>
      insurance.outcome === 'found'
        ? ['waived', '查到您在本市参保，不用交。']
        : ['upload', '参保信息还没查到，请先交一样，或者先承诺。'],
    id_card: () => ['licence', '用您的电子身份证，不用再拍照。'],
  },
})
add({
  code: '992025001001',
  name: '食品经营许可（小餐饮）',
  minutes: 8,
  applicant: 'organisation',
  notice: notice([
    '由企业申请。法定代表人本人办，或者由法定代表人授权的人办。',
    '要现场核查的，核查时间不算在办理期限里。',
  ]),
  form: {
    version: 1,
    ...worded({ title: ['食品经营许可', 'Food business licence'] }),
    pages: [
      page(
        'firm',
        ['企业情况', 'The firm'],
        [],
        [
          field('firm_name', 'text', ['企业名称', 'Name'], { locked: 'firm.name' }),
          field('firm_uscc', 'credit_code', ['统一社会信用代码', 'Credit code'], { locked: 'firm.uscc' }),
          field('place', 'address', ['经营场所', 'Premises'], { source: 'company.address' }),
          phone,
        ],
      ),
      page(
        'staff',
        ['从业人员', 'Staff'],
        ['每一位接触直接入口食品的人都要写。', ''],
        [
          field('people', 'group', ['从业人员', 'People'], {
            min: 1,
            max: 20,
            fields: [
              field('name', 'name', ['姓名', 'Name']),
              field('post', 'choice', ['岗位', 'Post'], {
                choices: [
                  { value: 'cook', ...worded({ label: ['后厨', 'Kitchen'] }) },
                  { value: 'server', ...worded({ label: ['前厅', 'Service'] }) },
                ],
              }),
            ],
          }),
        ],
      ),
    ],
  },
  materials: [
    {
      key: 'licence_copy',
      name: '营业执照',
      note: '',
      necessity: 'required',
      ways: ['licence', 'upload'],
      files_max: 1,
      accept: ['pdf', 'jpeg'],
      size_max: 10_485_760,
    },
    {
      key: 'layout',
      name: '经营场所布局图',
      note: '手画的也行，标出操作间、就餐区、洗手间。',
      necessity: 'required',
      ways: ['upload', 'window'],
      files_max: 3,
      accept: ['pdf', 'jpeg', 'png'],
      size_max: 10_485_760,
    },
  ],
  collection: ['electronic', 'window'],
  asks: [
    ask('company', 'company', '企业名称、地址不用您填', {
      basis: 'duty',
      basis_text: '《食品安全法》第三十五条',
      who: '示例区市场监督管理局',
    }),
  ],
  offer: { licence_copy: () => ['licence', '用企业的电子营业执照，不用交复印件。'] },
})
