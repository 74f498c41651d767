import { ref, watch } from 'vue'
import type { Ref } from 'vue'
import { api } from '@tongban/api'
import { day_text, t } from '@tongban/words/desk'
import type { Choice } from './act-list'
import type { DeskCase } from '../../contract'

/** What an act does to the clock, in one sentence. */
export function use_clock_effect(found: Ref<DeskCase>, choice: Ref<Choice>, today: Ref<string>): Ref<string> {
  const text = ref('')
  let asked = 0
  watch(
    () => `${choice.value} ${found.value.case_no} ${found.value.version}`,
    async () => {
      const mine = ++asked
      const { clock, correction_days: days, item } = found.value
      if (choice.value === 'accept') {
        text.value = t('desk.clock_effect.accept_plain')
        try {
          const guide = await api.catalog.guide(item)
          if (mine === asked) text.value = t('desk.clock_effect.accept', { limit: guide.promise.text })
        } catch {
          // The plain sentence stands: it is true without the figure.
        }
      } else if (choice.value === 'correct') {
        text.value =
          days === undefined
            ? t('desk.clock_effect.correct_plain')
            : t('desk.clock_effect.correct', { n: days })
      } else if (choice.value === 'refuse') {
        text.value = t('desk.clock_effect.refuse')
      } else {
        const day = clock.due ? day_text(clock.due.day, { today: today.value }) : ''
        const ends = choice.value === 'approve' || choice.value === 'deny'
        text.value =
          day === '' ? '' : t(ends ? 'desk.clock_effect.decide' : 'desk.clock_effect.goes_on', { day })
      }
    },
    { immediate: true },
  )
  return text
}
