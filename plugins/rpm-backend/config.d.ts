export interface Config {
  /** Settings of the RPM repositories plugin. */
  rpm?: {};
}
