import type { JsonObject } from './documentRules';

const reply = (schema: object) => ({
  description: '',
  content: { 'application/json': { schema } },
});
const href = () => ({
  name: 'thing_href',
  in: 'path',
  required: true,
  schema: { type: 'string' },
});
const name = { type: 'string', minLength: 1 };
const security = [{ basicAuth: [] }];

/** A new document of a small API below `/api/rpm/pulp/api/v3/` that keeps all rules. */
export function exampleDocument(): JsonObject {
  return structuredClone({
    openapi: '3.0.3',
    info: {
      title: 'Things',
      version: 'v3',
      'x-pulp-app-versions': { core: '3.111.0', rpm: '3.39.0' },
      'x-pulp-domain-enabled': false,
    },
    components: {
      securitySchemes: { basicAuth: { type: 'http', scheme: 'basic' } },
      schemas: {
        Thing: {
          type: 'object',
          properties: { name, size: { type: 'integer', nullable: true } },
          required: ['name'],
        },
        Task: { type: 'object', properties: { task: { type: 'string' } } },
      },
    },
    paths: {
      '/api/rpm/pulp/api/v3/publications/things/': {
        get: {
          operationId: 'publications_things_list',
          security,
          parameters: [
            { name: 'size', in: 'query', schema: { type: 'integer' } },
            {
              name: 'name__in',
              in: 'query',
              explode: false,
              style: 'form',
              schema: { type: 'array', items: name },
            },
          ],
          responses: {
            200: reply({
              type: 'array',
              items: { $ref: '#/components/schemas/Thing' },
            }),
          },
        },
      },
      '{thing_href}': {
        patch: {
          operationId: 'things_change',
          security,
          parameters: [href()],
          requestBody: {
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Thing' },
              },
            },
          },
          responses: {
            200: reply({ $ref: '#/components/schemas/Thing' }),
            202: reply({}),
            204: { description: '' },
          },
        },
        put: {
          operationId: 'things_fill',
          security,
          parameters: [
            href(),
            {
              name: 'Content-Range',
              in: 'header',
              required: true,
              schema: { type: 'string' },
            },
          ],
          requestBody: {
            content: {
              'multipart/form-data': {
                schema: {
                  type: 'object',
                  properties: {
                    file: { type: 'string', format: 'binary' },
                    sealed: { type: 'boolean' },
                    sha256: { type: 'string', nullable: true },
                  },
                  required: ['file'],
                },
              },
            },
          },
          responses: { 204: { description: '' } },
        },
      },
      '/api/rpm/pulp/api/v3/status/': {
        get: {
          operationId: 'status_read',
          security: [{}],
          parameters: [],
          responses: { 200: reply({}) },
        },
      },
      '/api/rpm/pulp/api/v3/rpm/copy/': {
        post: {
          operationId: 'copy_content',
          requestBody: {
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Thing' },
              },
            },
          },
          responses: { 202: reply({ $ref: '#/components/schemas/Task' }) },
        },
      },
    },
  });
}
