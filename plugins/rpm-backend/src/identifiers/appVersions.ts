/**
 * The releases of Pulp whose format is spoken, told in `status` and in the OpenAPI document alike
 * (clients fetch the document again when the two differ). Core 3.106 has all that is served here:
 * PRNs, task results and retained checkpoints.
 */
export const APP_VERSIONS = { core: '3.111.0', rpm: '3.39.0' };
