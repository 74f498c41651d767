// A problem as a sentence. words.json holds the server's words (src/forms/words.cpp; a test compares them).
import words from '../words.json'
import type { Problem } from './check'

type Language = 'zh' | 'en'
const table: Record<string, Record<Language, string> | undefined> = words

export function sentence(problem: Problem, language: Language): string {
  const own = language === 'en' ? problem.message_en : problem.message
  if (own) return own
  const label = (language === 'en' ? problem.label_en : undefined) ?? problem.label
  const facts: Record<string, string> = { ...problem.facts, label }
  return (table[problem.code]?.[language] ?? '').replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '')
}
