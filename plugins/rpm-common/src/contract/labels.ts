import { z } from 'zod';
import { labelKeySchema, labelValueSchema } from './base';
import { defineRoute, type EntityPath } from './route';

const labelSchema = z
  .object({ key: z.string(), value: z.string() })
  .meta({ id: 'LabelResponse' });

/** @public */
export const setLabelSchema = z
  .strictObject({ key: labelKeySchema, value: labelValueSchema })
  .meta({ id: 'SetLabel' });

/** @public */
export const unsetLabelSchema = z
  .strictObject({ key: z.string().min(1) })
  .meta({ id: 'UnsetLabel' });

/**
 * Declares the calls that change single labels of something.
 *
 * @param prefix - of the operations' ids
 */
export function defineLabelRoutes(options: {
  prefix: string;
  entity: EntityPath;
  tag: string;
}) {
  const { prefix, entity, tag } = options;
  return {
    setLabel: defineRoute({
      operationId: `${prefix}_set_label`,
      method: 'post',
      entity,
      path: 'set_label/',
      tag,
      summary: 'Set one label',
      body: setLabelSchema,
      responses: { 201: labelSchema },
    }),
    unsetLabel: defineRoute({
      operationId: `${prefix}_unset_label`,
      method: 'post',
      entity,
      path: 'unset_label/',
      tag,
      summary: 'Remove one label',
      body: unsetLabelSchema,
      responses: { 201: labelSchema },
    }),
  };
}

/** The calls that change single labels of something. @public */
export type LabelRoutes = ReturnType<typeof defineLabelRoutes>;
