"""Contracts of all modules -> one OpenAPI 3.1 document."""
import re

from apigen_model import Refused, pascal

PROBLEM = {
    'type': 'object', 'description': 'Problem details (RFC 9457).',
    'required': ['type', 'title', 'status', 'code', 'trace'],
    'properties': {
        'type': {'type': 'string'}, 'title': {'type': 'string'}, 'status': {'type': 'integer'},
        'detail': {'type': 'string', 'description': 'For people, in Chinese: what happened and what to do.'},
        'code': {'type': 'string', 'description': 'Sentence name of the refusal, for programs and words.'},
        'fields': {'type': 'array', 'items': {'$ref': '#/components/schemas/ProblemField'}},
        'trace': {'type': 'string', 'description': 'Number of the request, for the help desk.'}}}
PROBLEM_FIELD = {
    'type': 'object', 'required': ['path', 'code'],
    'properties': {
        'path': {'type': 'string', 'description': 'JSON pointer into the request.'},
        'code': {'type': 'string'}, 'detail': {'type': 'string'}}}
UNSAFE = {'post', 'put', 'delete'}
SESSION = {
    'type': 'apiKey', 'in': 'cookie', 'name': 'tb_session',
    'description': 'Set at sign-in. Requests that change something also carry X-CSRF-Token, '
                   'the `csrf` of GET /api/identity/me.'}


def merge(contracts):
    paths, schemas, ids = {}, {'Problem': PROBLEM, 'ProblemField': PROBLEM_FIELD}, {}
    for contract in contracts:
        prefix = pascal(contract.module)
        for name, schema in ((contract.document.get('components') or {}).get('schemas') or {}).items():
            if prefix + name in schemas:
                raise Refused(f'{contract.source}: {prefix + name} is the name of another schema')
            schemas[prefix + name] = rewritten(schema, prefix)
        for path, item in (contract.document.get('paths') or {}).items():
            for method, operation in item.items():
                made = rewritten(operation, prefix)
                first = ids.setdefault(made['operationId'], contract.source)
                if first != contract.source:
                    raise Refused(f'{contract.source}: operationId {made["operationId"]} is also in {first}')
                if method in paths.get(path, {}):
                    raise Refused(f'{contract.source}: {method} {path} is in another module too')
                paths.setdefault(path, {})[method] = complete(made, method, path, contract.module)
    return {
        'openapi': '3.1.0',
        'info': {'title': '通办 Tongban', 'version': '1',
                 'description': '一体化政务服务平台接口。时间为北京时间(UTC+8),日期为 YYYY-MM-DD。'},
        'servers': [{'url': '/'}],
        'paths': paths,
        'components': {
            'schemas': schemas,
            'securitySchemes': {'session': SESSION},
            'responses': {'Problem': {
                'description': '未能办理,原因见 code 与 detail',
                'content': {'application/problem+json': {
                    'schema': {'$ref': '#/components/schemas/Problem'}}}}}}}


def rewritten(node, prefix):
    """A copy whose references carry the module's prefix; objects are closed, as the readers are strict."""
    if isinstance(node, list):
        return [rewritten(each, prefix) for each in node]
    if not isinstance(node, dict):
        return node
    made = {key: rewritten(value, prefix) for key, value in node.items() if key not in ('x-read', 'x-name')}
    if isinstance(node.get('$ref'), str):
        made['$ref'] = re.sub(r'^(#/components/schemas/)(\w+)$', rf'\1{prefix}\2', node['$ref'])
    if node.get('type') in ('object', ['object', 'null']) and isinstance(node.get('properties'), dict):
        made.setdefault('additionalProperties', False)
    if made.pop('x-open', False):
        made['x-known-values'] = made.pop('enum', [])
    return made


def complete(operation, method, path, module):
    operation.setdefault('tags', [module])
    declared = {p['name'] for p in operation.get('parameters') or [] if p['in'] == 'path'}
    missing = [n for n in re.findall(r'\{(\w+)\}', path) if n not in declared]
    for parameter in operation.get('parameters') or []:
        if parameter['in'] == 'path':
            parameter['required'] = True
    if missing:
        operation['parameters'] = [
            {'name': n, 'in': 'path', 'required': True, 'schema': {'type': 'string'}} for n in missing
        ] + (operation.get('parameters') or [])
    if operation['x-permission'] != 'anyone':
        operation['security'] = [{'session': []}]
    responses = {}
    for status, response in operation['responses'].items():
        response = response or {}
        if '$ref' not in response:
            response.setdefault('description', '成功' if str(status).startswith('2') else '未能办理')
        responses[str(status)] = response
    responses.setdefault('default', {'$ref': '#/components/responses/Problem'})
    operation['responses'] = responses
    return operation


def embed(text):
    """C++ that holds the document; in pieces, for compilers limit one literal's length."""
    pieces = [text[at:at + 8000] for at in range(0, len(text), 8000)]
    rows = '\n'.join(f'    R"openapi({piece})openapi"' for piece in pieces)
    return ('// Generated by tools/apigen.py from src/*/api.yaml.\n#include <string_view>\n\n'
            'namespace tongban {\n\nstd::string_view openapi_text();\n\n'
            f'std::string_view openapi_text() {{\n    return\n{rows};\n}}\n\n}}  // namespace tongban\n')
