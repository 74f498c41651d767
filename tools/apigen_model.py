"""Reads one api.yaml into types and operations, and refuses what the generators do not understand."""
import re
from dataclasses import dataclass, field

import yaml


class Refused(Exception):
    pass


class Loader(yaml.SafeLoader):
    """YAML 1.2 in the points that bite: `no` and `on` are text, dates are text, and a key stands once."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs
            if tag not in ('tag:yaml.org,2002:bool', 'tag:yaml.org,2002:timestamp')]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()}
Loader.add_implicit_resolver('tag:yaml.org,2002:bool', re.compile('^(true|false)$'), list('tf'))


SAYS = ('description', 'summary')


def checked_mapping(loader, node, deep=False):
    """Refuses a key that stands twice. In braces a comma ends a plain value, so `{description: one, two}` has
    a key `two` without value: that is the rest of the description, and goes back to it."""
    made, last = {}, None
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        value = loader.construct_object(value_node, deep=True)
        if key in made:
            raise Refused(f'line {key_node.start_mark.line + 1}: key `{key}` stands twice')
        bare = value is None and value_node.start_mark.index == value_node.end_mark.index
        if bare and node.flow_style and last in SAYS:
            made[last] += ', ' + key
        else:
            made[key], last = value, key
    return made


Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, checked_mapping)


@dataclass
class Atom:
    """One class of ASCII characters with a count, a piece of a pattern."""
    chars: str
    least: int
    most: int | None


@dataclass
class Type:
    kind: str  # text integer number boolean enum struct array map free any
    name: str = ''            # of an enum or struct
    least: int | None = None  # length, value or count
    most: int | None = None
    form: str = ''            # date, date-time, decimal
    pattern: list = field(default_factory=list)
    item: 'Type | None' = None
    nullable: bool = False


@dataclass
class Member:
    json_name: str
    type: Type
    required: bool
    default: object = None


@dataclass
class Struct:
    name: str
    members: list
    says: str = ''
    read: bool = False


@dataclass
class Enum:
    name: str
    values: list
    read: bool = False


@dataclass
class Operation:
    method: str
    path: str
    permission: str
    operation_id: str


@dataclass
class Contract:
    module: str
    source: str
    document: dict
    structs: dict
    enums: dict
    operations: list


ANNOTATIONS = {'description', 'title', 'example', 'examples', 'deprecated', 'readOnly', 'writeOnly'}
KEYS = {
    'string': {'enum', 'minLength', 'maxLength', 'pattern', 'format', 'default'},
    'integer': {'minimum', 'maximum', 'format', 'default'},
    'number': {'minimum', 'maximum', 'default'},
    'boolean': {'default'},
    'array': {'items', 'minItems', 'maxItems'},
    'object': {'properties', 'required', 'additionalProperties'},
}
METHODS = {'get', 'post', 'put', 'delete'}
MOST_LENGTH_WITH_PATTERN = 4096


def pascal(text):
    return ''.join(part[:1].upper() + part[1:] for part in re.split(r'[_\-]', text))


def snake(text):
    return re.sub(r'(?<=[a-z0-9])(?=[A-Z])', '_', text).lower()


def read_contract(module, source):
    with open(source, encoding='utf-8') as file:
        try:
            document = yaml.load(file, Loader)
        except yaml.YAMLError as wrong:
            raise Refused(f'{source}: {wrong}') from wrong
        except Refused as wrong:
            raise Refused(f'{source}: {wrong}') from wrong
    document = document or {}
    for item in (document.get('paths') or {}).values():
        for operation in item.values():
            write_out(operation)
    return Reader(module, source, document).read()


def write_out(operation):
    """The short forms of a fragment, written out as OpenAPI wants them: a body or reply may be just
    `{$ref: schema}`, `x-bytes: true` stands for a reply of bytes, `x-multipart: true` for an upload."""
    body = operation.get('requestBody') or {}
    if '$ref' in body:
        body = operation['requestBody'] = {'content': {'application/json': {'schema': body}}}
    bytes_ = {'type': 'string', 'format': 'binary'}
    if operation.pop('x-multipart', False):
        schema = {'type': 'object', 'required': ['file'], 'properties': {'file': bytes_}}
        body = operation['requestBody'] = {'content': {'multipart/form-data': {'schema': schema}}}
    if body:
        body.setdefault('required', True)
    of_bytes = operation.pop('x-bytes', False)
    for status, reply in (operation.get('responses') or {}).items():
        if reply and '$ref' in reply:
            operation['responses'][status] = {'content': {'application/json': {'schema': reply}}}
        elif of_bytes and str(status).startswith('2'):
            operation['responses'][status] = {'content': {'application/octet-stream': {'schema': bytes_}}}


class Reader:
    def __init__(self, module, source, document):
        self.module, self.source, self.document = module, source, document
        self.schemas = (document.get('components') or {}).get('schemas') or {}
        self.structs, self.enums, self.named, self.open = {}, {}, {}, []

    def refuse(self, place, why):
        raise Refused(f'{self.source}: {place}: {why}')

    def read(self):
        for key in self.document:
            if key not in ('paths', 'components'):
                self.refuse(key, 'only `paths` and `components` stand in a fragment')
        for key in self.document.get('components') or {}:
            if key != 'schemas':
                self.refuse(f'components/{key}', 'only `schemas` stand here')
        for name in self.schemas:
            if not re.fullmatch(r'[A-Z][A-Za-z0-9]*', name):
                self.refuse(name, 'a schema is named in PascalCase')
            self.reference(name, name)
        operations, bodies = self.operations()
        for name, schema in self.schemas.items():
            if schema.get('x-read') or name in bodies:
                self.mark_read(self.reference(name, name))
        return Contract(self.module, self.source, self.document, self.structs, self.enums, operations)

    def mark_read(self, wanted):
        if wanted.kind in ('array', 'map'):
            self.mark_read(wanted.item)
        elif wanted.kind == 'enum':
            self.enums[wanted.name].read = True
        elif wanted.kind == 'struct' and not self.structs[wanted.name].read:
            self.structs[wanted.name].read = True
            for member in self.structs[wanted.name].members:
                self.mark_read(member.type)

    def reference(self, name, place):
        if name not in self.schemas:
            self.refuse(place, f'no schema `{name}` in this file; for another module\'s repeat the fields')
        if name in self.named:
            return self.named[name]
        schema = self.schemas[name]
        if name in self.open:
            # Only a struct may hold itself, and only through an array or map, where C++ allows it too.
            if schema.get('type') != 'object' or self.open[-1] != name:
                self.refuse(place, 'types hold each other in a circle')
            return Type('struct', name)
        self.open.append(name)
        self.named[name] = self.type(schema, name, name)
        self.open.pop()
        return self.named[name]

    def type(self, schema, name, place):
        """`name` is what an enum or struct made here is called."""
        if not isinstance(schema, dict):
            self.refuse(place, 'a schema is a mapping')
        if '$ref' in schema:
            return self.ref(schema, place)
        if 'oneOf' in schema or 'anyOf' in schema:
            return self.null_or(schema, name, place)
        shown = {k for k in schema if k not in ANNOTATIONS and not k.startswith('x-')}
        if not shown:
            return Type('any')
        kind, nullable = self.kind(schema, place)
        unknown = shown - KEYS[kind] - {'type'}
        if unknown:
            self.refuse(place, f'{kind} cannot have {", ".join(sorted(unknown))}')
        made = getattr(self, 'type_' + kind)(schema, schema.get('x-name', name), place)
        made.nullable = nullable
        return made

    def ref(self, schema, place):
        for key in schema:
            if key != '$ref' and key not in ANNOTATIONS:
                self.refuse(place, f'{key} cannot stand beside $ref')
        match = re.fullmatch(r'#/components/schemas/(\w+)', schema['$ref'])
        if not match:
            self.refuse(place, f'$ref {schema["$ref"]}: write #/components/schemas/Name of this file')
        return self.reference(match[1], place)

    def null_or(self, schema, name, place):
        choices = schema.get('oneOf') or schema.get('anyOf')
        others = [c for c in choices if c != {'type': 'null'}]
        if len(others) != 1 or len(choices) != 2:
            self.refuse(place, 'oneOf is understood only as [a schema, {type: \'null\'}]')
        made = self.type(others[0], name, place)
        return Type(**{**made.__dict__, 'nullable': True})

    def kind(self, schema, place):
        kind = schema.get('type')
        if kind is None:
            self.refuse(place, 'type is missing')
        if not isinstance(kind, list):
            kind = [kind]
        nullable = 'null' in kind
        kinds = [k for k in kind if k != 'null']
        if len(kinds) != 1 or kinds[0] not in KEYS:
            self.refuse(place, f'type {schema["type"]} is not understood')
        return kinds[0], nullable

    def type_string(self, schema, name, place):
        if 'enum' in schema:
            return self.enum(schema, name, place)
        form = schema.get('format', '')
        if form not in ('', 'date', 'date-time', 'decimal'):
            self.refuse(place, f'format {form}: only date, date-time and decimal are checked')
        made = Type('text', least=schema.get('minLength'), most=schema.get('maxLength'), form=form)
        if 'pattern' in schema:
            made.pattern = self.pattern(schema['pattern'], place)
            ends = all(atom.most is not None for atom in made.pattern)
            longest = sum(atom.most for atom in made.pattern) if ends else None
            if made.most is None and (longest is None or longest > MOST_LENGTH_WITH_PATTERN):
                self.refuse(place, 'a pattern without an end needs maxLength')
            if made.most is not None and made.most > MOST_LENGTH_WITH_PATTERN:
                self.refuse(place, f'maxLength beside a pattern is at most {MOST_LENGTH_WITH_PATTERN}')
        return made

    def enum(self, schema, name, place):
        if schema.get('x-open'):
            return Type('text', most=schema.get('maxLength', 200))
        values = [v for v in schema['enum'] if v is not None]
        for value in values:
            if not isinstance(value, str) or not re.fullmatch(r'[A-Za-z0-9][A-Za-z0-9_\-]*', value):
                self.refuse(place, f'enum value {value!r} makes no C++ name; quote it, rename it, '
                                   'or say x-open: true')
        if len(set(values)) != len(values):
            self.refuse(place, 'an enum value stands twice')
        self.claim(name, place)
        self.enums[name] = Enum(name, values)
        return Type('enum', name)

    def claim(self, name, place):
        taken = name in self.structs or name in self.enums
        if taken or (name in self.schemas and place != name):
            self.refuse(place, f'the name {name} is taken; give this one an x-name')

    def type_integer(self, schema, _name, _place):
        return Type('integer', least=schema.get('minimum'), most=schema.get('maximum'))

    def type_number(self, schema, _name, _place):
        return Type('number', least=schema.get('minimum'), most=schema.get('maximum'))

    def type_boolean(self, _schema, _name, _place):
        return Type('boolean')

    def type_array(self, schema, name, place):
        if 'items' not in schema:
            self.refuse(place, 'items is missing')
        item_name = name if place == name else name + 'Item'
        if place == name and name in self.schemas:
            item_name = name + 'Item'
        item = self.type(schema['items'], item_name, place + '/items')
        if item.kind == 'boolean':
            self.refuse(place, 'an array of booleans: name what they mean, in objects')
        return Type('array', item=item, least=schema.get('minItems'), most=schema.get('maxItems'))

    def type_object(self, schema, name, place):
        more = schema.get('additionalProperties', False)
        properties = schema.get('properties')
        if more is not False:
            if properties:
                self.refuse(place, 'properties and additionalProperties together')
            if more is True:
                return Type('free')
            return Type('map', item=self.type(more, name + 'Value', place + '/additionalProperties'))
        if properties is None:
            self.refuse(place, 'properties are missing (or say additionalProperties: true)')
        required = schema.get('required', [])
        for wanted in required:
            if wanted not in properties:
                self.refuse(place, f'required `{wanted}` is no property')
        self.claim(name, place)
        self.structs[name] = made = Struct(name, [], says=schema.get('description', ''))
        for key, value in properties.items():
            made.members.append(self.member(name, key, value, key in required))
        # A struct stands after those it holds.
        self.structs[name] = self.structs.pop(name)
        return Type('struct', name)

    def member(self, owner, key, schema, required):
        place = f'{owner}/{key}'
        # Two words of packs: `$schema` names a file's schema (C++ calls it `schema`), `x-en` is the English beside it.
        if not isinstance(key, str) or not re.fullmatch(r'[a-z][a-z0-9_]*|\$schema|x-en', key):
            self.refuse(place, 'a field is named in snake_case')
        made = self.type(schema, owner + pascal(key.lstrip('$')), place)
        if made.kind == 'struct' and made.name in self.open and made.name == owner:
            self.refuse(place, 'a struct holds itself')
        default = schema.get('default')
        if default is not None and (required or made.nullable or made.kind in ('array', 'map', 'struct')):
            self.refuse(place, 'default is for an optional scalar that is never null')
        if default is not None and made.kind == 'enum' and default not in self.enums[made.name].values:
            self.refuse(place, f'default {default} is not in the enum')
        return Member(key, made, required, default)

    def pattern(self, text, place):
        """`^`, then classes or plain characters with counts, then `$`. Anything else is refused."""
        found = re.fullmatch(r'\^(.*)\$', text)
        rest, atoms = found[1] if found else None, []
        if rest is None:
            self.refuse(place, f'pattern {text}: begin with ^ and end with $')
        step = re.compile(r'(\[(?:[^\[\]\\^]|\\[dw\-.\]\[/])+\]|\\[d.\-/]|[A-Za-z0-9_:\-/@ ])'
                          r'(\{\d+(?:,\d*)?\}|[+*?])?')
        while rest:
            match = step.match(rest)
            if not match:
                self.refuse(place, f'pattern {text}: `{rest}` is not understood '
                                   '(only classes, characters, counts)')
            least, most = self.count(match[2])
            atoms.append(Atom(self.chars(match[1], place), least, most))
            rest = rest[match.end():]
        return atoms

    @staticmethod
    def count(text):
        if not text:
            return 1, 1
        if text in '+*?':
            return {'+': (1, None), '*': (0, None), '?': (0, 1)}[text]
        least, comma, most = text[1:-1].partition(',')
        return int(least), (int(most) if most else None) if comma else int(least)

    def chars(self, text, place):
        body = text[1:-1] if text.startswith('[') else text
        body = re.sub(r'\\d', '0-9', body)
        body = re.sub(r'\\w', '0-9A-Za-z_', body)
        out, at = '', 0
        while at < len(body):
            if body[at] == '\\':
                out, at = out + body[at + 1], at + 2
            elif at + 2 < len(body) and body[at + 1] == '-' and len(body) > 1:
                out += ''.join(chr(c) for c in range(ord(body[at]), ord(body[at + 2]) + 1))
                at += 3
            else:
                out, at = out + body[at], at + 1
        if not out or any(not 32 <= ord(c) < 127 for c in out):
            self.refuse(place, f'pattern class {text}: ASCII only')
        return ''.join(sorted(set(out)))

    def operations(self):
        made, bodies, ids = [], set(), set()
        for path, item in (self.document.get('paths') or {}).items():
            if not re.fullmatch(r'(/[A-Za-z0-9_.\-]+|/\{[a-z_]+\})+', path):
                self.refuse(path, 'a path is /segments and /{names}')
            for method, operation in item.items():
                place = f'{method} {path}'
                if method not in METHODS:
                    self.refuse(place, 'only get, post, put and delete')
                made.append(self.operation(method, path, operation, place))
                if made[-1].operation_id in ids:
                    self.refuse(place, f'operationId {made[-1].operation_id} stands twice')
                ids.add(made[-1].operation_id)
                bodies |= self.body(operation, place)
        return made, bodies

    def operation(self, method, path, operation, place):
        for key in ('operationId', 'x-permission', 'responses'):
            if not operation.get(key):
                self.refuse(place, f'{key} is missing')
        if not re.fullmatch(r'[a-z][A-Za-z0-9_]*', operation['operationId']):
            self.refuse(place, 'an operationId begins with a small letter and has letters, digits and _')
        permission = operation['x-permission']
        if not re.fullmatch(r'anyone|signed_in|[a-z_]+\.[a-z_]+', str(permission)):
            self.refuse(place, f'x-permission {permission}: anyone, signed_in or module.word')
        names = set(re.findall(r'\{(\w+)\}', path))
        for parameter in operation.get('parameters') or []:
            where = parameter.get('in')
            complete = 'name' in parameter and 'schema' in parameter
            if where not in ('path', 'query', 'header') or not complete:
                self.refuse(place, 'a parameter has name, in (path, query, header) and schema')
            if where == 'path' and parameter['name'] not in names:
                self.refuse(place, f'parameter {parameter["name"]} is not in the path')
        return Operation(method, path, permission, operation['operationId'])

    def body(self, operation, place):
        content = (operation.get('requestBody') or {}).get('content') or {}
        schema = content.get('application/json', {}).get('schema')
        if schema is None:
            return set()
        match = re.fullmatch(r'#/components/schemas/(\w+)', schema.get('$ref', ''))
        if not match or self.reference(match[1], place).kind != 'struct':
            self.refuse(place, 'the JSON body of a request is a $ref to an object schema')
        return {match[1]}
