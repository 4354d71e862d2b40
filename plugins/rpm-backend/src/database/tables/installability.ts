/** Which packages of a version cannot be installed, as somebody asked. */
export interface DbInstallabilityReportRow {
  id: number;
  version_id: number;
  /** What was asked about the version. */
  question: string;
  computed_at: string;
  architectures_json: string;
  package_count: number;
  broken_count: number;
  /** Of all parts. */
  row_count: number;
  /** Bytes of all parts. */
  size: number;
}

/** A piece of a report's list: gzipped JSON of as many broken packages as `count` says. */
export interface DbInstallabilityPartRow {
  report_id: number;
  /** Position of its first row in the list. */
  first: number;
  count: number;
  content: Buffer;
}
