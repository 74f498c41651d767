import type { codesDeskZh } from './codes-desk.zh'

export const codesDeskEn: Record<keyof typeof codesDeskZh, string> = {
  unknown_refusal: 'This did not go through. Try again; if it stays so, ask your administrator.',
  server_failed: 'Something failed; nothing is lost. Try again; if it stays so, ask your administrator.',
  internal_error:
    'Something failed; nothing is lost. Try again; if it stays so, give your administrator the number below.',
  page_failed: 'This page failed; nothing is lost. Reload it; if it stays so, ask your administrator.',
}
