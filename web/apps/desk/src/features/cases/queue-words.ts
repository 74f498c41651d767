import { t } from '@tongban/words/desk'
import type { Key } from '@tongban/words/desk'
import { has_role } from '../identity/use-session'
import type { QueueName } from '../../contract'

/** Who only checks on site has no files to review: their queue has the name of what they do. */
export function queue_words(name: QueueName): string {
  if (name === 'to_review' && has_role('inspector') && !has_role('reviewer'))
    return t('desk.queue.to_inspect')
  return t(`desk.queue.${name}` as Key)
}
