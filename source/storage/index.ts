import type {System} from '../cluster/kind.ts';
import {kubernetesStorage} from './kubernetes.ts';
import {longhorn} from './longhorn.ts';

/** The systems the storage pane is read from. */
export const storageSystems: readonly System[] = [kubernetesStorage, longhorn];
