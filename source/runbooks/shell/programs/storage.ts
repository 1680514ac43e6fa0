import type {Rules} from '../rule.ts';

/** What looks after data: Ceph, etcd, databases, backups, file systems and disks. */
export const storage: Rules = {
	ceph: {
		class: 'unknown',
		values: '-c --conf -n --name --id --cluster -k --keyring -f --format --connect-timeout -m -i -o',
		switches: '--verbose',
		verbs: {
			reading:
				'status, health, health detail, df, versions, version, features, fsid, quorum_status, report, time-sync-status, osd tree, osd df, osd stat, osd status, osd perf, osd dump, osd ls, osd utilization, osd find, osd metadata, osd ok-to-stop, osd safe-to-destroy, osd crush tree, osd crush rule ls, osd crush rule dump, osd crush dump, osd pool ls, osd pool stats, osd pool get, osd pool autoscale-status, osd blocked-by, osd blocklist ls, osd numa-status, mon stat, mon dump, mon ok-to-stop, mgr stat, mgr dump, mgr services, mgr module ls, mds stat, mds ok-to-stop, pg stat, pg dump, pg dump_stuck, pg ls, pg ls-by-pool, pg ls-by-osd, pg map, fs ls, fs status, fs dump, fs get, orch status, orch ls, orch ps, orch host ls, orch device ls, crash ls, crash ls-new, crash info, crash stat, device ls, device info, device get-health-metrics, config dump, config get, config show, log last, balancer status, progress, osd pool application get',
			changing:
				'osd out, osd in, osd set, osd unset, osd reweight, osd primary-affinity, osd pool set, osd pool create, osd pool application enable, osd crush reweight, osd require-osd-release, osd blocklist add, osd blocklist rm, pg repair, pg scrub, pg deep-scrub, osd scrub, osd deep-scrub, config set, config rm, crash archive, crash archive-all, health mute, health unmute, mgr fail, mgr module enable, mgr module disable, orch daemon restart, orch restart, orch apply, balancer on, balancer off, balancer mode, mon enable-msgr2, fs set, tell, progress clear',
			destructive:
				'osd purge, osd purge-new, osd destroy, osd rm, osd lost, osd down, osd stop, osd crush remove, osd crush rm, osd crush unlink, osd pool delete, osd pool rm, osd force-create-pg, pg force-recovery, osd pool force-remove-snap, mon remove, mon rm, fs rm, fs fail, fs new, mds fail, auth del, auth rm, auth caps, orch rm, orch osd rm, orch daemon rm, orch host rm, device zap, orch device zap, config-key rm, config-key del, config-key set',
			unknown:
				'auth get, auth ls, auth list, auth print-key, auth export, auth get-key, auth get-or-create, auth get-or-create-key, config-key get, config-key dump',
		},
		flags: {
			reading: '-s --status -w --watch -v --version',
			unknown: '-o --out-file',
			destructive: '--yes-i-really-mean-it --yes-i-really-really-mean-it',
		},
	},
	rados: {
		class: 'unknown',
		values: '-p --pool -c --conf -n --name --id -k --keyring -N --namespace --cluster -f --format',
		verbs: {
			reading: 'df, lspools, ls, stat, listxattr, list-inconsistent-pg, list-inconsistent-obj, list-inconsistent-snapset',
			changing: 'bench, put, create, append, setxattr, get, mksnap, lock, cleanup',
			destructive: 'rm, rmpool, purge, rmsnap, rollback, truncate, cppool',
		},
	},
	rbd: {
		class: 'unknown',
		values: '-p --pool -c --conf -n --name --id -k --keyring --namespace --format',
		switches: '-l --pretty-format',
		verbs: {
			reading:
				'ls, list, info, du, disk-usage, status, showmapped, device list, snap ls, snap list, trash ls, trash list, lock ls, lock list, mirror pool status, mirror image status, children, watch',
			changing:
				'create, clone, map, device map, resize, snap create, snap protect, snap unprotect, import, export, cp, copy, feature enable, bench, trash restore, mirror pool enable, mirror image enable',
			destructive:
				'rm, remove, snap rm, snap remove, snap purge, snap rollback, unmap, device unmap, trash rm, trash purge, trash move, lock rm, lock remove, flatten, feature disable, mirror image promote, mirror image demote',
		},
	},
	'radosgw-admin': {
		class: 'unknown',
		verbs: {
			reading:
				'bucket list, bucket stats, bucket limit check, user list, user stats, sync status, gc list, lc list, zone list, zonegroup list, quota get',
			changing: 'quota set, quota enable, quota disable, user create, user modify, gc process, lc process, bucket link',
			destructive: 'user rm, bucket rm, object rm, zone delete, realm delete, key rm, bucket unlink',
		},
	},
	etcdctl: {
		class: 'reading',
		values:
			'--endpoints --cacert --cert --key --user --password --command-timeout --dial-timeout --discovery-srv -w --write-out --keepalive-time --keepalive-timeout --insecure-transport',
		switches: '--insecure-skip-tls-verify --debug --hex -h --help --cluster',
		verbs: {
			reading: 'version, member list, endpoint status, endpoint health, endpoint hashkv, alarm list, snapshot status, lease list',
			changing: 'snapshot save, check perf, check datascale',
			destructive:
				'put, del, txn, compact, compaction, defrag, alarm disarm, member add, member remove, member update, member promote, move-leader, snapshot restore, auth enable, auth disable, user add, user delete, user passwd, user grant-role, user revoke-role, role add, role delete, role grant-permission, role revoke-permission, lease grant, lease revoke, lease keep-alive, lock, elect, make-mirror, downgrade enable, downgrade cancel',
			// Keys of the registry hold Secrets as they are.
			unknown: 'get, watch',
		},
	},
	etcdutl: {
		class: 'reading',
		values: '-w --write-out',
		verbs: {reading: 'version, snapshot status, hashkv', destructive: 'snapshot restore, defrag, backup, migrate'},
	},
	mc: {
		class: 'unknown',
		values: '-C --config-dir --limit-upload --limit-download',
		switches: '--json --no-color --quiet -q --insecure --debug',
		verbs: {
			reading: 'ls, du, stat, ping, ready, tree, find, diff, admin info, ilm ls, version info, replicate status',
			changing: 'cp, mv, mb, put, get, mirror, tag set, ilm rule add, admin service restart, alias set',
			destructive: 'rm, rb, ilm rule rm, admin service stop, undo, replicate rm, admin user remove',
		},
		flags: {destructive: '--remove --force', unknown: '--exec'},
	},
	restic: {
		class: 'reading',
		values:
			'-r --repo --repository-file -p --password-file --password-command --cache-dir --cacert --key-hint -o --option --retry-lock --limit-download --limit-upload --tls-client-cert',
		switches: '-q --quiet -v --verbose --json --no-lock --no-cache --insecure-tls',
		verbs: {
			reading: 'snapshots, stats, ls, list, find, diff, check, version',
			changing: 'backup, init, restore, copy, tag, unlock, mount, cache, self-update',
			destructive:
				'forget, prune, rewrite, repair index, repair snapshots, repair packs, migrate, recover, key remove, key add, key passwd, rebuild-index',
			unknown: 'cat, dump, key list',
		},
		flags: {unknown: '--password-command -o --option'},
	},
	rclone: {
		class: 'unknown',
		values: '--config',
		switches: '-v -q -P',
		verbs: {
			reading: 'ls, lsd, lsl, lsf, lsjson, size, about, check, version, listremotes',
			changing: 'copy, copyto, mkdir, touch, mount',
			destructive: 'sync, move, moveto, delete, deletefile, purge, rmdir, rmdirs, cleanup, dedupe, bisync',
		},
		flags: {unknown: '--password-command'},
	},
	zfs: {
		class: 'unknown',
		verbs: {
			reading: 'list, get, diff, holds, userspace, version',
			changing: 'snapshot, snap, create, set, mount, unmount, hold, send, allow, bookmark, inherit, share, clone, upgrade',
			destructive: 'destroy, rollback, receive, recv, release, promote, rename, change-key, unload-key',
		},
	},
	zpool: {
		class: 'unknown',
		verbs: {
			reading: 'list, status, get, iostat, history, version',
			changing: 'scrub, clear, online, trim, set, import, upgrade, resilver, initialize',
			destructive: 'create, destroy, add, attach, detach, offline, remove, replace, export, split, labelclear, reguid, reopen',
		},
	},
	btrfs: {
		class: 'unknown',
		verbs: {
			reading:
				'filesystem show, filesystem df, filesystem usage, device stats, device usage, scrub status, balance status, subvolume list, subvolume show',
			changing:
				'scrub start, scrub cancel, balance start, balance cancel, subvolume create, subvolume snapshot, filesystem resize, filesystem defragment, device add',
			destructive: 'subvolume delete, device remove, device delete, check, rescue, replace start',
		},
		flags: {changing: '-z --reset'},
	},
	smartctl: {
		class: 'unknown',
		only: '-a -x -H -i -A -c -l: -d: -j --all --xall --health --info --attributes --capabilities --log: --device: --json --scan --scan-open',
	},
	nvme: {
		class: 'unknown',
		verbs: {
			reading: 'list, smart-log, error-log, id-ctrl, id-ns, list-subsys, version',
			destructive: 'format, sanitize, delete-ns, create-ns, reset, fw-download, fw-commit, write, write-zeroes',
		},
	},
	hdparm: {class: 'unknown', only: '-I -i -C'},
	lvs: {class: 'reading'},
	vgs: {class: 'reading'},
	pvs: {class: 'reading'},
	lvdisplay: {class: 'reading'},
	vgdisplay: {class: 'reading'},
	pvdisplay: {class: 'reading'},
	lvremove: {class: 'destructive'},
	vgremove: {class: 'destructive'},
	pvremove: {class: 'destructive'},
	lvreduce: {class: 'destructive'},
	lvextend: {class: 'changing'},
	lvcreate: {class: 'changing'},
	vgextend: {class: 'changing'},
	pvcreate: {class: 'destructive'},
	mdadm: {class: 'unknown', only: '--detail -D --examine -E --query -Q --scan', needs: '--detail -D --examine -E --query -Q'},
	resize2fs: {class: 'changing'},
	xfs_growfs: {class: 'changing'},
	xfs_info: {class: 'reading'},
	xfs_repair: {class: 'destructive'},
	fsck: {class: 'destructive'},
	'fsck.ext4': {class: 'destructive'},
	e2fsck: {class: 'destructive'},
	mkfs: {class: 'destructive'},
	'mkfs.ext4': {class: 'destructive'},
	'mkfs.xfs': {class: 'destructive'},
	'mkfs.btrfs': {class: 'destructive'},
	wipefs: {class: 'destructive'},
	sgdisk: {class: 'destructive'},
	parted: {class: 'destructive'},
	fdisk: {class: 'destructive'},
	blkdiscard: {class: 'destructive'},
	dd: {class: 'destructive'},
	shred: {class: 'destructive'},
	lsblk: {class: 'reading'},
	blkid: {class: 'unknown', only: '-o: -s:'},
	findmnt: {class: 'reading'},
	df: {class: 'reading'},
	du: {class: 'reading'},
	mount: {class: 'changing', only: '-l -t:', alone: true},
	umount: {class: 'changing', flags: {destructive: '-f -l --force --lazy'}},
	showmount: {class: 'reading'},
	nfsstat: {class: 'unknown', only: '-m -c -s -n -r -v'},
	rpcinfo: {class: 'unknown', only: '-p -s -t -u -T:'},
	exportfs: {class: 'changing', only: '-v -s', alone: true},
	iscsiadm: {class: 'unknown'},
	multipath: {class: 'unknown', only: '-l', needs: '-l'},
	pg_isready: {class: 'reading'},
	patronictl: {
		class: 'unknown',
		values: '-c --config-file',
		verbs: {
			reading: 'list, history, version, topology',
			changing: 'pause, resume, reload',
			destructive: 'failover, switchover, reinit, remove, restart',
		},
	},
	pg_dump: {class: 'unknown'},
	pg_restore: {class: 'destructive'},
	dropdb: {class: 'destructive'},
	createdb: {class: 'changing'},
	vacuumdb: {class: 'changing'},
	iostat: {class: 'reading'},
	fio: {class: 'destructive'},
};
