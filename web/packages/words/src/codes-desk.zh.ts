// What staff are told otherwise than residents: they have an administrator, not a hotline.
export const codesDeskZh = {
  unknown_refusal: '这一步没有办成。请再试一次；还不行，找本单位的系统管理员。',
  server_failed: '出错了，填的内容没有丢。请再试一次；还不行，找本单位的系统管理员。',
  internal_error: '出错了，填的内容没有丢。请再试一次；还不行，把下面的编号告诉本单位的系统管理员。',
  page_failed: '这一页出错了，填的内容没有丢。请刷新再试；还不行，找本单位的系统管理员。',
} as const
