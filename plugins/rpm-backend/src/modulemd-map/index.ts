export * from './backfillTask';
export * from './mapPending';
export * from './queueBackfill';
