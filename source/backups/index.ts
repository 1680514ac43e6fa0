import type {System} from '../cluster/kind.ts';
import {cronJobs} from './cron-job.ts';
import {etcdSnapshots} from './etcd.ts';
import {longhornBackups} from './longhorn.ts';
import {velero} from './velero.ts';

/** The systems the backups pane is read from. */
export const backupSystems: readonly System[] = [velero, etcdSnapshots, longhornBackups, cronJobs];
