// Multipart uploads with progress. XMLHttpRequest, because fetch does not tell how much has been sent.
import { Problem, network_is_down, problem_of } from './problem'
import type { Transport } from './transport'

export interface UploadWatch {
  /** 0 to 100; 100 means sent, the server now checks */
  on_progress?: (percent: number) => void
  signal?: AbortSignal
}

export async function send_form(
  transport: Transport,
  path: string,
  parts: Record<string, Blob | string>,
  watch: UploadWatch = {},
): Promise<unknown> {
  const form = new FormData()
  for (const [name, value] of Object.entries(parts)) form.append(name, value)
  await transport.have_csrf(location.origin)
  const request = new XMLHttpRequest()
  request.open('POST', path)
  request.setRequestHeader('X-CSRF-Token', transport.csrf_token())
  request.setRequestHeader('Accept', 'application/json')
  request.responseType = 'text'
  return new Promise((resolve, reject) => {
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) watch.on_progress?.(Math.round((event.loaded / event.total) * 100))
    }
    request.onload = () => {
      transport.notice(request.status)
      const body = parsed(request.responseText)
      if (request.status < 300) resolve(body)
      else reject(problem_of(request.status, body, headers_of(request)))
    }
    request.onerror = () => reject(new Problem({ status: 0, code: network_is_down }))
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    watch.signal?.addEventListener('abort', () => request.abort())
    request.send(form)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function headers_of(request: XMLHttpRequest): Headers {
  const wait = request.getResponseHeader('Retry-After')
  return new Headers(wait === null ? {} : { 'Retry-After': wait })
}
