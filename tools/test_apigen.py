#!/usr/bin/env python3
"""What apigen refuses, and the one OpenAPI document. src/http/test/apigen_test.cpp tries the C++ it makes."""
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import apigen_cpp  # noqa: E402
import apigen_model  # noqa: E402
import apigen_openapi  # noqa: E402


def contract(text, module='sample'):
    with tempfile.NamedTemporaryFile('w', suffix='.yaml', encoding='utf-8') as file:
        file.write(text)
        file.flush()
        return apigen_model.read_contract(module, file.name)


def schema(text):
    lines = ''.join(f'      {line}\n' for line in text.split('\n'))
    return contract('components:\n  schemas:\n    Thing:\n' + lines)


def field(text):
    return schema('type: object\nproperties:\n  a: ' + text)


ROUTE = '''
paths:
  /api/sample/{id}:
    get:
      operationId: %s
      x-permission: anyone
      responses: {'200': {$ref: '#/components/schemas/Thing'}}
    post:
      operationId: %s_change
      x-permission: sample.change
      x-multipart: true
      responses: {'204': {}}
components:
  schemas:
    Thing: {type: object, properties: {mood: {type: string, enum: [well], x-open: true}}}
'''


class Refusals(unittest.TestCase):
    def refused(self, make, text, why):
        with self.assertRaises(apigen_model.Refused) as caught:
            make(text)
        self.assertIn(why, str(caught.exception))

    def test_fields(self):
        for text, why in [
                ('{type: strin}', 'not understood'),
                ('{type: string, minimum: 1}', 'string cannot have minimum'),
                ('{type: string, format: email}', 'only date, date-time and decimal'),
                ('{type: string, pattern: "^(a|b)$"}', 'not understood'),
                ('{type: string, pattern: "a"}', 'begin with ^'),
                ('{type: string, pattern: "^a+$"}', 'needs maxLength'),
                ('{type: string, enum: [1]}', 'makes no C++ name'),
                ('{type: string, enum: [很好]}', 'x-open'),
                ('{type: string, enum: [a], default: b}', 'not in the enum'),
                ('{type: array}', 'items is missing'),
                ('{type: array, items: {type: boolean}}', 'array of booleans'),
                ('{type: object}', 'properties are missing'),
                ('{oneOf: [{type: string}, {type: integer}]}', 'oneOf'),
                ("{$ref: '#/components/schemas/Other'}", 'no schema `Other`'),
                ("{$ref: 'identity.yaml#/components/schemas/Me'}", 'of this file'),
                ("{$ref: '#/components/schemas/Thing'}", 'holds itself'),
                ('{allOf: []}', 'type is missing')]:
            with self.subTest(text):
                self.refused(field, text, why)

    def test_files(self):
        for text, why in [
                ('a: 1', 'only `paths` and `components`'),
                ('components: {schemas: {thing: {type: string}}}', 'PascalCase'),
                ('components: {schemas: {A: {type: string}, A: {type: string}}}', 'stands twice'),
                ('components: {schemas: {A: {type: object, properties: {B: {type: string}}}}}', 'snake_case'),
                ('components: {schemas: {A: {type: object, required: [b], properties: {}}}}', 'no property'),
                (ROUTE.replace('anyone', 'everybody') % ('a', 'a'), 'x-permission'),
                (ROUTE.replace('      x-permission: anyone\n', '') % ('a', 'a'), 'x-permission is missing'),
                (ROUTE.replace('{id}', '{Id}') % ('a', 'a'), 'a path is'),
                (ROUTE.replace('%s_change', '%s') % ('a', 'a'), 'stands twice')]:
            with self.subTest(text):
                self.refused(contract, text, why)


class Yaml(unittest.TestCase):
    def test_words_stay_words(self):
        made = schema('type: object\nproperties: {no: {type: string, enum: [yes, no, on]}}')
        self.assertEqual(made.enums['ThingNo'].values, ['yes', 'no', 'on'])

    def test_a_description_may_have_commas(self):
        made = field('{type: string, description: one, two words, maxLength: 3}')
        member = made.structs['Thing'].members[0]
        self.assertEqual(member.type.most, 3)
        properties = made.document['components']['schemas']['Thing']['properties']
        self.assertEqual(properties['a']['description'], 'one, two words')


class Cpp(unittest.TestCase):
    def test_reader_only_where_needed(self):
        text = 'components: {schemas: {Thing: {type: object, properties: {}}}}'
        self.assertNotIn('read_thing', apigen_cpp.generate(contract(text))[0])
        text = 'components: {schemas: {Thing: {type: object, x-read: true, properties: {}}}}'
        header = apigen_cpp.generate(contract(text))[0]
        self.assertIn('Result<Thing> read_thing(std::string_view body);', header)

    def test_same_contract_same_code(self):
        self.assertEqual(apigen_cpp.generate(contract(ROUTE % ('a', 'a'))),
                         apigen_cpp.generate(contract(ROUTE % ('a', 'a'))))


class OpenApi(unittest.TestCase):
    def test_one_document(self):
        one = contract(ROUTE % ('a', 'a'))
        made = apigen_openapi.merge([one])
        get = made['paths']['/api/sample/{id}']['get']
        self.assertEqual(get['parameters'][0]['name'], 'id')
        self.assertEqual(get['responses']['200']['content']['application/json']['schema']['$ref'],
                         '#/components/schemas/SampleThing')
        self.assertEqual(get['responses']['default'], {'$ref': '#/components/responses/Problem'})
        self.assertNotIn('security', get)
        post = made['paths']['/api/sample/{id}']['post']
        self.assertEqual(post['security'], [{'session': []}])
        self.assertIn('multipart/form-data', post['requestBody']['content'])
        thing = made['components']['schemas']['SampleThing']
        self.assertEqual(thing['additionalProperties'], False)
        self.assertNotIn('enum', thing['properties']['mood'])

    def test_operation_ids_are_unique_across_modules(self):
        one = contract(ROUTE % ('a', 'a'))
        two = contract((ROUTE % ('a', 'b')).replace('/api/sample', '/api/other'), 'other')
        with self.assertRaisesRegex(apigen_model.Refused, 'operationId a is also in'):
            apigen_openapi.merge([one, two])

    def test_embedded_text_is_whole(self):
        text = 'x' * 20000
        made = apigen_openapi.embed(text)
        self.assertEqual(''.join(p.split(')openapi"')[0] for p in made.split('R"openapi(')[1:]), text)


if __name__ == '__main__':
    unittest.main()
