// Who is signed in, and when that ends without activity.
import { api, transport, type Me } from '@tongban/api'
import { computed, ref, shallowRef } from 'vue'
import { server_now } from './server-clock'

export const me = shallowRef<Me | null>(null)
export const signed_in = computed(() => me.value?.signed_in === true)
/** server time, milliseconds; 0 when nobody is signed in */
export const ends_at = ref(0)
let idle = 0

function keep(answer: Me): Me {
  me.value = answer
  idle = answer.signed_in && answer.ends_at ? Date.parse(answer.ends_at) - server_now() : 0
  ends_at.value = idle > 0 ? server_now() + idle : 0
  return answer
}

export const load_me = async (): Promise<Me> => keep(await api.identity.me())

export async function sign_in(
  audience: 'resident' | 'staff',
  account: string,
  password: string,
): Promise<Me> {
  return keep(await api.identity.sign_in({ audience, account, password }))
}

export async function sign_out(): Promise<void> {
  await api.identity.sign_out()
  await load_me()
}

transport.on_answered(() => {
  if (signed_in.value && idle > 0) ends_at.value = server_now() + idle
})

/** What the app does when the server says the session is over. */
export function when_session_ends(act: () => void): void {
  transport.on_session_ended(() => {
    if (!signed_in.value) return
    me.value = { signed_in: false, csrf: '' }
    ends_at.value = 0
    act()
  })
}
