// The invented region of the mock: the same places and people as packs/demo-city, prefix 99.
export const site = {
  name: '示例市政务服务',
  city: '示例市',
  host_body: '示例市人民政府',
  address: 'zwfw.shili.example',
  hotline: '12345',
  demonstration: true,
  calendar_until: 2026,
}
const region = (code, name, level, parent) => (parent ? { code, name, level, parent } : { code, name, level })
export const regions = [
  region('990000000000', '示例省', 'province'),
  region('990100000000', '示例市', 'city', '990000000000'),
  region('990102000000', '示例区', 'county', '990100000000'),
  region('990121000000', '云溪县', 'county', '990100000000'),
  region('990102001000', '示例街道', 'town', '990102000000'),
  region('990102002000', '河东街道', 'town', '990102000000'),
  region('990121101000', '云溪镇', 'town', '990121000000'),
]
export const halls = [
  {
    id: 'hall-990102001',
    name: '示例街道便民服务中心',
    region: '990102001000',
    region_name: '示例街道',
    address: '示例市示例区示例路18号一楼大厅',
    phone: '12345转2101',
    hours: '工作日 9:00–17:30，周六 9:00–12:00',
  },
  {
    id: 'hall-990102',
    name: '示例区政务服务中心',
    region: '990102000000',
    region_name: '示例区',
    address: '示例市示例区府前路8号政务服务中心一楼',
    phone: '12345转2001',
    hours: '工作日 9:00–17:30',
  },
  {
    id: 'hall-990100',
    name: '示例市政务服务中心',
    region: '990100000000',
    region_name: '示例市',
    address: '示例市中心大道1号政务服务中心一楼',
    phone: '12345转1001',
    hours: '工作日 9:00–17:30',
  },
]
export const bodies = [
  {
    code: '11990102MB0D20011R',
    name: '示例市示例区人民政府示例街道办事处',
    region: '990102001000',
    region_name: '示例街道',
    county_name: '示例区',
    phone: '12345转2100',
    address: '示例市示例区示例路18号',
  },
  {
    code: '11990102MB0D2002XH',
    name: '示例市示例区人民政府河东街道办事处',
    region: '990102002000',
    region_name: '河东街道',
    county_name: '示例区',
    phone: '12345转2200',
    address: '示例市示例区河东路52号',
  },
  {
    code: '11990121MB0D21014T',
    name: '示例市云溪县云溪镇人民政府',
    region: '990121101000',
    region_name: '云溪镇',
    county_name: '云溪县',
    phone: '12345转3100',
    address: '示例市云溪县云溪镇溪上路21号',
  },
]
export const firms = [
  {
    owner: '990102198503170517',
    uscc: '91990102MB0F5U0017',
    name: '示例区好味来餐饮店有限公司',
    legal_person: '梁*',
    role: 'legal_person',
    valid_until: '2027-12-31',
  },
  {
    owner: '990102198503170517',
    uscc: '91990102MB0F5U0025',
    name: '示例区四季春茶馆',
    legal_person: '周**',
    role: 'agent',
    valid_until: '2026-12-31',
  },
]
export const password = 'Tongban-2026'
export const residents = [
  {
    name: '周桂兰',
    id_number: '990102195603120029',
    phone: '19900000001',
    address: '示例市示例区示例街道示例路26号3栋201室',
    region: '990102001000',
    level: 2,
  },
  {
    name: '阿依古丽·买买提',
    id_number: '990102199011020460',
    phone: '19900000004',
    address: '示例市示例区示例街道梧桐里12号2单元302室',
    region: '990102001000',
    level: 2,
  },
  {
    name: '李晓燕',
    id_number: '990102198107250243',
    phone: '19900000002',
    address: '示例市示例区示例街道示例路26号3栋201室',
    region: '990102001000',
    level: 2,
  },
  {
    name: '梁䶮',
    id_number: '990102198503170517',
    phone: '19900000005',
    address: '示例市示例区示例街道柳巷7号',
    region: '990102001000',
    level: 2,
  },
  {
    name: '欧阳思远',
    id_number: '990102197709120676',
    phone: '19900000006',
    address: '示例市示例区示例街道梧桐里3号',
    region: '990102001000',
    level: 2,
  },
  {
    name: '陈大力',
    id_number: '990102196910010534',
    phone: '19900000008',
    address: '示例市示例区示例街道示例路40号1栋502室',
    region: '990102001000',
    level: 2,
  },
  {
    name: '何雨桐',
    id_number: '990102200202280682',
    phone: '19900000009',
    address: '示例市示例区示例街道柳巷31号',
    region: '990102001000',
    level: 1,
  },
]
export const masked_id = (id) => `${id.slice(0, 4)}**********${id.slice(-4)}`
export const masked_phone = (phone) => `${phone.slice(0, 3)}****${phone.slice(-4)}`
export const masked_name = (name) => `${[...name][0]}**`
