/** What ends a whole process group: Ctrl+C, a system that shuts down, a terminal that is closed. */
export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
