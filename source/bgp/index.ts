import type {System} from '../cluster/kind.ts';
import {cilium} from './cilium.ts';
import {balancers} from './services.ts';

/** The systems the BGP pane is read from. */
export const bgpSystems: readonly System[] = [cilium, balancers];
