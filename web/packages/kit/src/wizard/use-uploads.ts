// Files on their way to one material: progress, the check, each refusal its own sentence.
import { Problem, as_problem, type FileRef } from '@tongban/api'
import { ref } from 'vue'
import type { FilePort } from './port'

export interface Limits {
  files_max: number
  accept: ('pdf' | 'jpeg' | 'png')[]
  size_max: number
}

export interface Sending {
  id: number
  name: string
  percent: number
  state: 'sending' | 'checking' | 'refused'
  problem: Problem | null
  /** kept to try again after a broken line */
  file: File
}

export const default_limits: Limits = {
  files_max: 5,
  accept: ['pdf', 'jpeg', 'png'],
  size_max: 10 * 1024 * 1024,
}

export function limits_of(material: {
  files_max?: number
  accept?: Limits['accept']
  size_max?: number
}): Limits {
  return {
    files_max: material.files_max ?? default_limits.files_max,
    accept: material.accept ?? default_limits.accept,
    size_max: material.size_max ?? default_limits.size_max,
  }
}

/** What can be told before sending; the server looks again, at the bytes. */
export function refusal_before_sending(file: { name: string; size: number }, limits: Limits): Problem | null {
  const refused = (code: string): Problem => new Problem({ status: -1, code })
  const ending = file.name.split('.').pop()?.toLowerCase() ?? ''
  const kind = ({ pdf: 'pdf', jpg: 'jpeg', jpeg: 'jpeg', png: 'png' } as const)[ending]
  if (file.size === 0) return refused('file_is_empty')
  if (!kind || !limits.accept.includes(kind)) return refused('file_kind_is_not_accepted')
  if (file.size > limits.size_max) return refused('file_is_too_large')
  return null
}

let last = 0

/** `kept` is called with each file that passed. */
export function use_uploads(
  port: () => FilePort,
  limits: () => Limits,
  room: () => number,
  kept: (file: FileRef) => void,
) {
  const sending = ref<Sending[]>([])
  const too_many = ref(false)

  function add(files: Iterable<File>): void {
    const chosen = [...files]
    const on_the_way = sending.value.filter((one) => one.state !== 'refused').length
    const space = Math.max(0, room() - on_the_way)
    too_many.value = chosen.length > space
    for (const file of chosen.slice(0, space)) {
      sending.value.push({ id: ++last, name: file.name, percent: 0, state: 'sending', problem: null, file })
      void send(last)
    }
  }

  async function send(id: number): Promise<void> {
    const one = sending.value.find((each) => each.id === id)
    if (!one) return
    one.problem = refusal_before_sending(one.file, limits())
    one.state = one.problem ? 'refused' : 'sending'
    if (one.problem) return
    try {
      const passed = await port().upload(one.file, one.name, {
        on_progress: (percent) => {
          one.percent = percent
          if (percent >= 100) one.state = 'checking'
        },
      })
      drop(id)
      kept({ id: passed.id, name: passed.name, kind: passed.kind, pages: passed.pages, size: passed.size })
    } catch (thrown) {
      one.problem = as_problem(thrown)
      one.state = 'refused'
    }
  }

  function drop(id: number): void {
    sending.value = sending.value.filter((one) => one.id !== id)
  }

  return { sending, too_many, add, again: (id: number) => void send(id), drop }
}
