import type {ActionRequest} from '../request.ts';

/** `resumes`: the run of ours that is taken up again. */
export type BackupRequest = Extract<ActionRequest, {is: 'backup'}>;
export type PauseRequest = Extract<ActionRequest, {is: 'pause' | 'unpause'}>;
