import type {Scenario, World} from './model.ts';
import {addressPending} from './scenarios/address-pending.ts';
import {backupStale} from './scenarios/backup-stale.ts';
import {bgpDown} from './scenarios/bgp-down.ts';
import {bucketFailing} from './scenarios/bucket-failing.ts';
import {calm} from './scenarios/calm.ts';
import {controlPlaneFlapping} from './scenarios/control-plane-flapping.ts';
import {controlPlaneGone} from './scenarios/control-plane-gone.ts';
import {csiBroken} from './scenarios/csi-broken.ts';
import {diskFull} from './scenarios/disk-full.ts';
import {dnsDown} from './scenarios/dns-down.ts';
import {drainBlocked} from './scenarios/drain-blocked.ts';
import {gpuGone} from './scenarios/gpu-gone.ts';
import {gpuXid} from './scenarios/gpu-xid.ts';
import {longhornBackups} from './scenarios/longhorn-backups.ts';
import {longhornDown} from './scenarios/longhorn-down.ts';
import {maintenance} from './scenarios/maintenance.ts';
import {memoryHigh} from './scenarios/memory-high.ts';
import {nfsGone} from './scenarios/nfs-gone.ts';
import {nodeLost} from './scenarios/node-lost.ts';
import {quota} from './scenarios/quota.ts';
import {sessionFlapping} from './scenarios/session-flapping.ts';
import {vipLost} from './scenarios/vip-lost.ts';
import {webhookDown} from './scenarios/webhook-down.ts';
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
	csiBroken,
	longhornDown,
	nfsGone,
	bgpDown,
	sessionFlapping,
	addressPending,
	backupStale,
	bucketFailing,
	longhornBackups,
	gpuXid,
	gpuGone,
	dnsDown,
	webhookDown,
	quota,
	drainBlocked,
	maintenance,
	memoryHigh,
	vipLost,
	controlPlaneFlapping,
	controlPlaneGone,
];
