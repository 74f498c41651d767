// The browser's interpreter of conditions: trees the server parsed (src/rules), the same strict outcomes.
// A node it does not know makes the whole answer 'ask_server'; it never guesses.
import { Decimal } from './decimal'
import { code_points, compare_text, type_of, Day, type Context, type Type, type Value } from './value'

export interface Tree {
  op: string
  at: [number, number]
  value?: unknown
  path?: string[]
  args?: Tree[]
}
export interface Reason {
  code: string
  line: number
  column: number
  name: string
}
export type Verdict = 'yes' | 'no' | 'undetermined' | 'ask_server'
export interface Outcome {
  verdict: Verdict
  because?: Reason
}
export type Evaluated = { value: Value } | { because: Reason } | 'ask_server'

type Answer = { value: Value } | { because: Reason }
class Unsupported extends Error {}

const has_value = (answer: Answer): answer is { value: Value } => 'value' in answer
const known = (value: Value): Answer => ({ value })
const name_of = (tree: Tree): string => tree.path?.join('.') ?? ''

function unknown(code: string, tree: Tree, name = ''): Answer {
  return { because: { code, line: tree.at[0], column: tree.at[1], name } }
}

function argument(tree: Tree, index: number): Tree {
  const found = tree.args?.[index]
  if (!found) throw new Unsupported(tree.op)
  return found
}

function word_of(tree: Tree): string {
  if (typeof tree.value !== 'string') throw new Unsupported(tree.op)
  return tree.value
}

class Evaluator {
  constructor(private readonly context: Context) {}

  of(tree: Tree): Answer {
    switch (tree.op) {
      case 'null':
        return known(null)
      case 'boolean':
        return known(tree.value === true)
      case 'string':
        return known(word_of(tree))
      case 'number':
      case 'date':
        return this.literal(tree)
      case 'list':
        return this.list(tree)
      case 'name':
        return this.name(tree)
      case 'and':
        return this.joined(tree, false)
      case 'or':
        return this.joined(tree, true)
      case 'not':
        return this.negation(tree)
      case '=':
      case '!=':
        return this.equality(argument(tree, 0), tree.op, argument(tree, 1), tree)
      case '<':
      case '<=':
      case '>':
      case '>=':
        return this.order(this.needed(argument(tree, 0)), tree.op, argument(tree, 1), tree)
      case '+':
      case '-':
      case '*':
      case '/':
      case 'negate':
        return this.arithmetic(tree)
      case 'if':
        return this.choice(tree)
      case 'between':
        return this.within(this.needed(argument(tree, 0)), '>=', '<=', tree, 1)
      case 'in':
        return this.membership(tree)
      case 'call':
        return this.call(tree)
      default:
        throw new Unsupported(tree.op)
    }
  }

  private literal(tree: Tree): Answer {
    const value = tree.op === 'number' ? Decimal.read(word_of(tree)) : Day.read(word_of(tree))
    if (value === undefined) throw new Unsupported(tree.op)
    return known(value)
  }

  private name(tree: Tree): Answer {
    const [first, ...rest] = tree.path ?? []
    let found = first === undefined ? undefined : this.context.get(first)
    for (const part of rest) {
      if (found === undefined || found === null) break
      if (!(found instanceof Map)) return unknown('types_do_not_fit', tree, name_of(tree))
      found = found.get(part)
    }
    return found === undefined ? unknown('name_has_no_value', tree, name_of(tree)) : known(found)
  }

  /** Null is a missing datum here. */
  private needed(tree: Tree, type?: Type): Answer {
    const out = this.of(tree)
    if (!has_value(out)) return out
    if (out.value === null) return unknown('datum_is_missing', tree, name_of(tree))
    if (type && type_of(out.value) !== type) return unknown('types_do_not_fit', tree, name_of(tree))
    return out
  }

  private list(tree: Tree): Answer {
    const out: Value[] = []
    for (const part of tree.args ?? []) {
      const item = this.of(part)
      if (!has_value(item)) return item
      out.push(item.value)
    }
    return known(out)
  }

  /** Kleene's and (`decisive` false) and or (true). */
  private joined(tree: Tree, decisive: boolean): Answer {
    let out = known(!decisive)
    for (const part of tree.args ?? []) {
      const answer = this.needed(part, 'boolean')
      if (has_value(answer) && answer.value === decisive) return answer
      if (!has_value(answer) && has_value(out)) out = answer
    }
    return out
  }

  private negation(tree: Tree): Answer {
    const part = this.needed(argument(tree, 0), 'boolean')
    return has_value(part) ? known(part.value !== true) : part
  }

  private equality(left: Tree, by: string, right: Tree, at: Tree): Answer {
    const out = this.equal_trees(left, right, at)
    return has_value(out) && by === '!=' ? known(out.value !== true) : out
  }

  /** Comparing with the word `null` asks whether there is a value. */
  private equal_trees(left: Tree, right: Tree, at: Tree): Answer {
    if (left.op === 'null' || right.op === 'null') {
      const other = this.of(right.op === 'null' ? left : right)
      return has_value(other) ? known(other.value === null) : other
    }
    const a = this.needed(left)
    if (!has_value(a)) return a
    const b = this.needed(right)
    return has_value(b) ? this.equal(a.value, b.value, at) : b
  }

  private equal(a: Value, b: Value, at: Tree): Answer {
    if (a === null || b === null) return known(a === b)
    if (type_of(a) !== type_of(b)) return unknown('types_do_not_fit', at)
    if (!Array.isArray(a) || !Array.isArray(b)) return known(same(a, b))
    if (a.length !== b.length) return known(false)
    for (const [i, item] of a.entries()) {
      const answer = this.equal(item, b[i] as Value, at)
      if (!has_value(answer) || answer.value !== true) return answer
    }
    return known(true)
  }

  private order(a: Answer, by: string, right: Tree, at: Tree): Answer {
    if (!has_value(a)) return a
    const b = this.needed(right)
    if (!has_value(b)) return b
    const order = compare(a.value, b.value)
    if (order === undefined) return unknown('types_do_not_fit', at)
    if (by === '<') return known(order < 0)
    if (by === '<=') return known(order <= 0)
    return known(by === '>' ? order > 0 : order >= 0)
  }

  private within(what: Answer, low: string, high: string, tree: Tree, first: number): Answer {
    const a = this.order(what, low, argument(tree, first), tree)
    const b = this.order(what, high, argument(tree, first + 1), tree)
    if (has_value(a) && a.value === false) return a
    if (has_value(b) && b.value === false) return b
    return has_value(a) ? b : a
  }

  private membership(tree: Tree): Answer {
    const [what, ...tests] = tree.args ?? []
    let out = known(false)
    for (const test of tests) {
      const held = this.test(what as Tree, test)
      if (has_value(held) && held.value === true) return held
      if (!has_value(held) && has_value(out)) out = held
    }
    return out
  }

  private test(what: Tree, test: Tree): Answer {
    if (test.op === 'range') {
      const brackets = word_of(test)
      return this.within(
        this.needed(what),
        brackets[0] === '[' ? '>=' : '>',
        brackets[1] === ']' ? '<=' : '<',
        test,
        0,
      )
    }
    const bound = argument(test, 0)
    if (test.op === 'test') {
      const by = word_of(test)
      if (by === '=' || by === '!=') return this.equality(what, by, bound, test)
      return this.order(this.needed(what), by, bound, test)
    }
    if (test.op !== 'member') throw new Unsupported(test.op)
    if (bound.op === 'null') return this.equal_trees(what, bound, test)
    const sought = this.needed(what)
    if (!has_value(sought)) return sought
    const among = this.needed(bound)
    if (!has_value(among)) return among
    if (!Array.isArray(among.value) || Array.isArray(sought.value))
      return this.equal(sought.value, among.value, test)
    let out = known(false)
    for (const item of among.value) {
      const answer = this.equal(sought.value, item, test)
      if (has_value(answer) && answer.value === true) return answer
      if (!has_value(answer) && has_value(out)) out = answer
    }
    return out
  }

  private arithmetic(tree: Tree): Answer {
    const a = this.needed(argument(tree, 0))
    if (!has_value(a)) return a
    if (tree.op === 'negate')
      return a.value instanceof Decimal ? known(a.value.negated()) : unknown('types_do_not_fit', tree)
    const b = this.needed(argument(tree, 1))
    if (!has_value(b)) return b
    if (tree.op === '+' && typeof a.value === 'string' && typeof b.value === 'string')
      return known(a.value + b.value)
    if (!(a.value instanceof Decimal) || !(b.value instanceof Decimal))
      return unknown('types_do_not_fit', tree)
    if (tree.op === '/' && b.value.coefficient === 0n) return unknown('division_by_zero', tree)
    const out =
      tree.op === '+'
        ? a.value.plus(b.value)
        : tree.op === '-'
          ? a.value.minus(b.value)
          : tree.op === '*'
            ? a.value.times(b.value)
            : a.value.over(b.value)
    return out === undefined ? unknown('number_is_out_of_range', tree) : known(out)
  }

  private choice(tree: Tree): Answer {
    const condition = this.needed(argument(tree, 0), 'boolean')
    return has_value(condition) ? this.of(argument(tree, condition.value === true ? 1 : 2)) : condition
  }

  private call(tree: Tree): Answer {
    const word = word_of(tree)
    if (!['count', 'string length', 'contains', 'starts with', 'date'].includes(word))
      throw new Unsupported(word)
    const args: Value[] = []
    for (const part of tree.args ?? []) {
      const value = this.needed(part, word === 'count' ? 'list' : 'string')
      if (!has_value(value)) return value
      args.push(value.value)
    }
    const [first, second] = args
    if (Array.isArray(first)) return known(Decimal.of(first.length))
    const text = first as string
    if (word === 'string length') return known(Decimal.of(code_points(text)))
    if (word === 'contains') return known(text.includes(second as string))
    if (word === 'starts with') return known(text.startsWith(second as string))
    const day = Day.read(text)
    return day ? known(day) : unknown('date_does_not_exist', tree)
  }
}

function same(a: Value, b: Value): boolean {
  if (type_of(a) !== type_of(b)) return false
  if (a instanceof Decimal && b instanceof Decimal) return a.compare(b) === 0
  if (a instanceof Day && b instanceof Day) return a.compare(b) === 0
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => same(item, b[i] as Value))
  if (a instanceof Map && b instanceof Map)
    return (
      a.size === b.size && [...a].every(([name, held]) => b.has(name) && same(held, b.get(name) as Value))
    )
  return a === b
}

function compare(a: Value, b: Value): number | undefined {
  if (a instanceof Decimal && b instanceof Decimal) return a.compare(b)
  if (a instanceof Day && b instanceof Day) return a.compare(b)
  return typeof a === 'string' && typeof b === 'string' ? compare_text(a, b) : undefined
}

export function evaluate(tree: Tree, context: Context): Evaluated {
  try {
    return new Evaluator(context).of(tree)
  } catch (thrown) {
    if (thrown instanceof Unsupported) return 'ask_server'
    throw thrown
  }
}

export function decide(tree: Tree, context: Context): Outcome {
  const out = evaluate(tree, context)
  if (out === 'ask_server') return { verdict: 'ask_server' }
  if ('because' in out) return { verdict: 'undetermined', because: out.because }
  if (typeof out.value === 'boolean') return { verdict: out.value ? 'yes' : 'no' }
  const code = out.value === null ? 'datum_is_missing' : 'answer_is_not_a_boolean'
  return {
    verdict: 'undetermined',
    because: { code, line: tree.at[0], column: tree.at[1], name: name_of(tree) },
  }
}
