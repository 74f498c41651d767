// The journeys, in the order they are played; each begins where the one before left the server.
import { disputed } from './stories/disputed.mjs'
import { food_licence } from './stories/food_licence.mjs'
import { gap_then_promise } from './stories/gap_then_promise.mjs'
import { asked_for_a_person, insured } from './stories/insured.mjs'
import { kinship_at_once } from './stories/kinship_at_once.mjs'
import { licence_held } from './stories/licence_held.mjs'
import { no_home, owner_of_a_house } from './stories/no_home.mjs'
import { in_english, in_large_print, own_pages } from './stories/own_pages.mjs'
import { residence_card, residence_card_fetched } from './stories/residence_card.mjs'
import { source_down } from './stories/source_down.mjs'
import { walk_in_code, walk_in_screen } from './stories/walk_in.mjs'
import { board, sources } from './stories/watching.mjs'

export const journeys = {
  kinship_at_once,
  gap_then_promise,
  source_down,
  licence_held,
  no_home,
  owner_of_a_house,
  insured,
  asked_for_a_person,
  disputed,
  residence_card,
  residence_card_fetched,
  food_licence,
  walk_in_screen,
  walk_in_code,
  own_pages,
  in_large_print,
  in_english,
  board,
  sources,
}
