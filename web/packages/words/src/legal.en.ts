import type { legalZh } from './legal.zh'

export const legalEn: Record<keyof typeof legalZh, string> = {
  'privacy.title': 'Privacy',
  'privacy.who': 'Who is responsible',
  'privacy.who_1': 'This site is run by {host}. The body that receives an application handles its data.',
  'privacy.who_2': 'Questions: call {phone} and say "personal data on the services site".',
  'privacy.what': 'What we collect',
  'privacy.what_1': 'To sign in: phone or ID number. To apply: what you fill in and hand in.',
  'privacy.what_2': 'Fields on grey come from government records; the source stands beside them.',
  'privacy.what_3': 'Nothing unrelated is collected; contacts and location are not read.',
  'privacy.why': 'What for',
  'privacy.why_1':
    'Only to handle what you applied for, to tell you its progress, and to let others check a certificate.',
  'privacy.why_2': 'The basis is a duty set by law, or your consent in the notice and promises.',
  'privacy.how': 'How it is protected',
  'privacy.how_1':
    'Answers and files are stored encrypted. ' +
    'Staff see names and numbers masked; seeing them whole needs a reason and is recorded.',
  'privacy.how_2': 'Those who check a certificate see masked content. You see when, not who.',
  'privacy.how_3':
    'Case papers are kept as archive rules demand; unsent drafts are deleted when their time is up.',
  'privacy.device': 'On your device',
  'privacy.device_1':
    'A sign-in token that ends when you sign out or are idle; your choice of print size and language.',
  'privacy.device_2': 'No advertising, no third-party statistics.',
  'privacy.rights': 'Your rights',
  'privacy.rights_1': 'You can see your cases and licences, withdraw undecided applications, delete drafts.',
  'privacy.rights_2':
    'To correct, copy or delete anything else, ' +
    'call {phone} or come to the counter; the Personal Information Protection Law applies.',
  'access.title': 'Accessibility',
  'access.aim': 'Aim',
  'access.aim_1':
    'This site is made to WCAG 2.2 AA and the national standard: everybody should be able to use it unaided.',
  'access.how': 'How to use it',
  'access.how_1':
    '"Large print" at the top enlarges text and buttons, keeps all functions, and is remembered.',
  'access.how_2': 'Everything works by keyboard; a thick frame shows where you are.',
  'access.how_3': 'Screen readers read names, hints and errors; the deadline picture also stands as text.',
  'access.how_4':
    'At 200 % nothing is lost; there are no short time limits, ' +
    'and you are warned 2 minutes before signing out.',
  'access.gaps': 'What is not good yet',
  'access.gaps_1': 'Photos and scans you upload carry no text.',
  'access.gaps_2': "In English, the services' content and the letters remain Chinese.",
  'access.help': 'Help',
  'access.help_1': 'If something does not work for you, call {phone}: we do it for you, and mend it.',
}
