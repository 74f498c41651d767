import { computed, readonly, ref } from 'vue'
import { api, transport } from '@tongban/api'
import type { Me, Post } from '../../contract'

const me = ref<Me | null>(null)
/** Shown once, after signing in. */
const last_sign_in = ref<string>()

export const session = readonly(me)
export const last_seen = readonly(last_sign_in)

export const is_staff = computed(() => me.value?.signed_in === true && me.value.kind === 'staff')
export const post = computed<Post | undefined>(() => me.value?.staff?.post)
export const posts = computed<Post[]>(() => me.value?.staff?.posts ?? [])
export const needs_post = computed(() => is_staff.value && post.value === undefined && posts.value.length > 0)

export function has_role(...roles: string[]): boolean {
  return roles.some((role) => post.value?.roles.includes(role) ?? false)
}

export async function know_session(): Promise<Me> {
  me.value = await api.identity.me()
  return me.value
}

export async function sign_in(account: string, password: string): Promise<void> {
  me.value = await api.identity.sign_in({ audience: 'staff', account, password })
  last_sign_in.value = me.value.staff?.last_sign_in
}

export async function choose_post(id: string): Promise<void> {
  await api.identity.choose_post(id)
  await know_session()
}

export async function sign_out(): Promise<void> {
  await api.identity.sign_out()
  me.value = null
  last_sign_in.value = undefined
}

export function put_away_notice(): void {
  last_sign_in.value = undefined
}

/** The server ended the session: what was typed stays in the page, signing in again leads back to it. */
export function when_session_ends(then: () => void): void {
  transport.on_session_ended(() => {
    if (me.value === null) return
    me.value = null
    then()
  })
}
