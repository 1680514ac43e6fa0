import type {Scenario, World} from './model.ts';
import {backupStale} from './scenarios/backup-stale.ts';
import {bgpDown} from './scenarios/bgp-down.ts';
import {calm} from './scenarios/calm.ts';
import {controlPlaneFlapping} from './scenarios/control-plane-flapping.ts';
import {diskFull} from './scenarios/disk-full.ts';
import {drainBlocked} from './scenarios/drain-blocked.ts';
import {gpuXid} from './scenarios/gpu-xid.ts';
import {nodeLost} from './scenarios/node-lost.ts';
import {homelab} from './worlds/homelab/homelab.ts';
import {talosBgp} from './worlds/talos/bgp.ts';
import {talosCeph} from './worlds/talos/ceph.ts';
import {talosData, talosDev, talosProd} from './worlds/talos/fleet.ts';

/** The first one is the default. */
export const worlds: readonly World[] = [homelab, talosBgp, talosProd, talosDev, talosData, talosCeph];

/** The first one is the default. */
export const scenarios: readonly Scenario[] = [
	calm,
	nodeLost,
	diskFull,
	bgpDown,
	backupStale,
	gpuXid,
	drainBlocked,
	controlPlaneFlapping,
];
