export interface Config {
  rpm?: {
    /**
     * Folder below which artifacts are stored by digest. Relative paths start at the backend's
     * working directory. Default: `./rpm-storage`.
     */
    storage?: {
      path?: string;
    };
    /**
     * Origin in URLs of published content, when clients reach it elsewhere than at
     * `backend.baseUrl`.
     */
    contentOrigin?: string;
    /** Folders that `file://` remotes may be synced from. None by default. */
    allowedImportPaths?: string[];
    /**
     * Hosts that remotes and their proxies may be on and redirect to; `*.example.com` stands for all below
     * `example.com`. Any host when absent, also private ones: mirrors are often internal.
     */
    allowedRemoteHosts?: string[];
    /**
     * Settles conflicts between advisories of one id that otherwise fail the task: merges those
     * that only partly agree on their packages, takes the later one of those that have nothing in
     * common. Default: false.
     */
    allowAutomaticUnsafeAdvisoryConflictResolution?: boolean;
    upload?: {
      /**
       * Bytes that a file sent to the API may have, also one that is sent in pieces. Default: 16 GiB.
       */
      maxFileSize?: number;
    };
    /**
     * For how many minutes a clean-up of orphans spares content that no repository holds after
     * somebody wanted it (uploaded or synced it, asked to add it), where the call does not say.
     * Default: 1440.
     */
    orphanProtectionTime?: number;
    plans?: {
      /**
       * For how many days the plan of a copy is kept, and can be applied if nothing was changed.
       * Default: 30.
       */
      keepDays?: number;
    };
    /** How many tasks a replica runs at once. Default: 4. */
    taskConcurrency?: number;
    /**
     * How many threads do a replica's heavy work, such as parsing metadata and resolving
     * dependencies. Default: one less than there are cores, at least 2 and at most 4.
     */
    workerThreads?: number;
    /** What is remembered of packages to resolve their dependencies with. */
    solver?: {
      /**
       * Bytes of memory that a replica uses for it: some 500 for each package of the versions that
       * copies run between, and 8 for each file of a package. Default: 256 MiB.
       */
      memory?: number;
      /** Bytes of files that it is kept in for restarts; 0 for none. Default: 2 GiB. */
      disk?: number;
      /**
       * Folder of these files. They may be removed at any time, and replicas may share them. Default:
       * `solver` in the folder of artifacts.
       */
      path?: string;
    };
  };
}
