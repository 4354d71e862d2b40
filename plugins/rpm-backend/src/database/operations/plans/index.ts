export * from './readParts';
export * from './readPlanFacts';
export * from './readPlans';
export * from './writePlans';
