// Exact decimal numbers as on the server: 34 digits, half to even, exponent -6176 … 6111, no trailing zeros.

const digits_kept = 34
const exponent_least = -6176
const adjusted_most = 6144
const number_text = /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/

const size = (n: bigint): bigint => (n < 0n ? -n : n)
const digits_of = (n: bigint): number => (n === 0n ? 0 : size(n).toString().length)
const power = (exponent: number): bigint => 10n ** BigInt(exponent)

export class Decimal {
  private constructor(
    readonly coefficient: bigint,
    readonly exponent: number,
  ) {}

  static of(whole: number | bigint): Decimal {
    return Decimal.rounded(BigInt(whole), 0) as Decimal
  }

  /** Nothing for other text, or a number out of range. */
  static read(text: string): Decimal | undefined {
    if (!number_text.test(text)) return undefined
    const [digits = '', exponent = '0'] = text.replace('-', text.startsWith('-') ? '' : '-').split(/[eE]/)
    const [whole = '', fraction = ''] = digits.split('.')
    const wide = Math.max(-1_000_000, Math.min(1_000_000, Number(exponent)))
    const coefficient = BigInt(whole + fraction)
    return Decimal.rounded(text.startsWith('-') ? -coefficient : coefficient, wide - fraction.length)
  }

  /** Round half to even; nothing when the result is too large. */
  private static rounded(coefficient: bigint, exponent: number): Decimal | undefined {
    const digits = digits_of(coefficient)
    const drop = Math.max(digits - digits_kept, exponent_least - exponent, 0)
    if (coefficient === 0n || drop > digits + 1) return new Decimal(0n, 0)
    let kept = coefficient
    let at = exponent
    if (drop > 0) {
      const by = power(drop)
      const twice = size(coefficient % by) * 2n
      kept = coefficient / by
      if (twice > by || (twice === by && kept % 2n !== 0n)) kept += coefficient < 0n ? -1n : 1n
      at += drop
    }
    if (kept === 0n) return new Decimal(0n, 0)
    for (; kept % 10n === 0n; at += 1) kept /= 10n
    return at + digits_of(kept) - 1 > adjusted_most ? undefined : new Decimal(kept, at)
  }

  get decimals(): number {
    return this.exponent < 0 ? -this.exponent : 0
  }

  negated(): Decimal {
    return new Decimal(-this.coefficient, this.exponent)
  }

  plus(other: Decimal): Decimal | undefined {
    const low = Math.min(this.exponent, other.exponent)
    if (this.coefficient === 0n) return other
    if (other.coefficient === 0n) return this
    return Decimal.rounded(
      this.coefficient * power(this.exponent - low) + other.coefficient * power(other.exponent - low),
      low,
    )
  }

  minus(other: Decimal): Decimal | undefined {
    return this.plus(other.negated())
  }

  times(other: Decimal): Decimal | undefined {
    return Decimal.rounded(this.coefficient * other.coefficient, this.exponent + other.exponent)
  }

  over(other: Decimal): Decimal | undefined {
    if (other.coefficient === 0n) return undefined
    const widen = Math.max(0, digits_kept + 2 + digits_of(other.coefficient) - digits_of(this.coefficient))
    const numerator = this.coefficient * power(widen)
    const exponent = this.exponent - other.exponent - widen
    const quotient = numerator / other.coefficient
    if (numerator % other.coefficient === 0n) return Decimal.rounded(quotient, exponent)
    const up = this.coefficient < 0n === other.coefficient < 0n ? 1n : -1n
    return Decimal.rounded(quotient * 10n + up, exponent - 1) // the rest can only break a tie
  }

  compare(other: Decimal): number {
    const low = Math.min(this.exponent, other.exponent)
    const mine = this.coefficient * power(this.exponent - low)
    const theirs = other.coefficient * power(other.exponent - low)
    return mine < theirs ? -1 : mine > theirs ? 1 : 0
  }

  text(): string {
    const sign = this.coefficient < 0n ? '-' : ''
    const digits = size(this.coefficient).toString()
    const adjusted = this.exponent + digits.length - 1
    if (adjusted < -40 || adjusted > 40) {
      const point = digits.length > 1 ? `.${digits.slice(1)}` : ''
      return `${sign}${digits[0]}${point}E${adjusted < 0 ? '-' : '+'}${Math.abs(adjusted)}`
    }
    if (this.exponent >= 0) return sign + digits + '0'.repeat(this.exponent)
    const padded = digits.padStart(1 - this.exponent, '0')
    return `${sign}${padded.slice(0, this.exponent)}.${padded.slice(this.exponent)}`
  }
}
