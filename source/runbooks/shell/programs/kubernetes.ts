import type {Rule, Rules} from '../rule.ts';

const kubectl: Rule = {
	class: 'reading',
	values:
		'-n --namespace --context --kubeconfig --cluster --user -s --server --token --as --as-group --as-uid --request-timeout -v --v --cache-dir --certificate-authority --client-certificate --client-key --tls-server-name',
	switches: '-A --all-namespaces --insecure-skip-tls-verify --match-server-version --warnings-as-errors -h --help',
	verbs: {
		reading:
			'get, describe, logs, top, explain, version, cluster-info, api-resources, api-versions, diff, wait, events, auth can-i, auth whoami, completion, options, help, plugin list, rollout status, rollout history, config view, config current-context, config get-contexts, config get-clusters, config get-users, cnpg status, rook-ceph health, rook-ceph ceph status, tree, who-can',
		changing:
			'apply, create, patch, label, annotate, scale, autoscale, set, edit, replace, expose, taint, cordon, uncordon, drain, run, cp, debug, rollout restart, rollout undo, rollout pause, rollout resume, certificate approve, certificate deny, auth reconcile, config set-context, config use-context, config set, config set-cluster, config set-credentials, config rename-context, cnpg promote, cnpg restart, cnpg reload, cnpg backup, ctx, ns',
		destructive:
			'delete, config delete-context, config delete-cluster, config delete-user, config unset, cnpg destroy, cnpg fencing on, cnpg hibernate on',
		unknown: 'exec, create token, cluster-info dump',
	},
	flags: {
		destructive: '--force --delete-emptydir-data --delete-local-data --disable-eviction --prune --grace-period=0',
	},
	dry: {
		flags: '--dry-run=client --dry-run=server',
		verbs:
			'apply, create, patch, label, annotate, scale, autoscale, replace, expose, taint, cordon, uncordon, drain, run, delete, rollout undo',
	},
	elsewhere: {context: '--context --cluster', file: '--kubeconfig', server: '-s --server'},
};

/** What talks to a Kubernetes API server, and what is installed into one. */
export const kubernetes: Rules = {
	kubectl,
	oc: kubectl,
	helm: {
		class: 'reading',
		values:
			'-n --namespace --kube-context --kubeconfig --kube-apiserver --kube-token --kube-ca-file --registry-config --repository-cache --repository-config --burst-limit --qps',
		switches: '--debug -h --help',
		verbs: {
			reading:
				'list, ls, status, history, hist, version, search repo, search hub, show chart, show readme, show values, inspect chart, env, repo list, dependency list, plugin list, get notes, get metadata, lint, verify',
			changing:
				'install, upgrade, rollback, test, repo add, repo update, repo remove, dependency update, dependency build, pull, fetch, push, package, create, registry login, registry logout, plugin install',
			destructive: 'uninstall, delete, del, un',
			// Manifests and values hold Secrets as they are.
			unknown: 'get all, get manifest, get values, get hooks, template, diff',
		},
		flags: {destructive: '--force --force-replace', unknown: '--show-resources'},
		elsewhere: {context: '--kube-context', file: '--kubeconfig', server: '--kube-apiserver'},
	},
	flux: {
		class: 'reading',
		values: '-n --namespace --context --kubeconfig --cache-dir --timeout --as --server --cluster --user --token',
		switches: '-A --all-namespaces --verbose -h --help',
		verbs: {
			reading:
				'get, check, version, logs, events, tree, stats, trace, diff, export source, export kustomization, export helmrelease',
			changing: 'reconcile, suspend, resume, create, install, bootstrap, migrate, push, pull, tag, build',
			destructive: 'delete, uninstall',
		},
		flags: {unknown: '--with-credentials'},
		elsewhere: {context: '--context --cluster', file: '--kubeconfig', server: '--server'},
	},
	argocd: {
		class: 'reading',
		values:
			'--argocd-context --config --server --auth-token --grpc-web-root-path --kube-context --loglevel --logformat --server-name --port-forward-namespace --client-crt --client-crt-key --header -H -N --app-namespace',
		switches: '--grpc-web --insecure --plaintext --core --port-forward -h --help',
		verbs: {
			reading:
				'version, app list, app get, app diff, app history, app logs, app resources, app wait, cluster list, proj list, proj get, repo list, appset list, appset get, account get-user-info, account can-i, context.',
			changing:
				'app sync, app create, app set, app unset, app patch, app rollback, app terminate-op, app actions run, app edit, proj create, proj edit, repo add, cluster add, login, logout, relogin, appset create',
			destructive: 'app delete, app delete-resource, proj delete, cluster rm, repo rm, appset delete',
			unknown: 'app manifests, cluster get, repo get',
		},
		flags: {destructive: '--prune --force --replace', changing: '--refresh --hard-refresh'},
		elsewhere: {context: '--argocd-context --kube-context', file: '--config', server: '--server'},
	},
	velero: {
		class: 'reading',
		values: '-n --namespace --kubecontext --kubeconfig -v --v --features --log_dir --vmodule',
		switches: '--colorized -h --help',
		verbs: {
			reading:
				'version, backup get, backup describe, backup logs, restore get, restore describe, restore logs, schedule get, schedule describe, backup-location get, snapshot-location get, repo get, plugin get, get, describe',
			changing:
				'backup create, backup download, restore create, schedule create, schedule pause, schedule unpause, backup-location create, backup-location set, snapshot-location create, snapshot-location set, create, install, plugin add, plugin remove, client config set, debug',
			destructive:
				'backup delete, restore delete, schedule delete, backup-location delete, snapshot-location delete, repo unlock, delete, uninstall',
		},
		elsewhere: {context: '--kubecontext', file: '--kubeconfig'},
	},
	cilium: {
		class: 'reading',
		values: '-n --namespace --context --kubeconfig --helm-release-name --as --as-group',
		switches: '-h --help',
		verbs: {
			reading:
				'status, version, bgp peers, bgp routes, config view, clustermesh status, encryption status, features status, hubble status, endpoint list, endpoint get, service list, bpf lb list, node list, ip list, identity list, identity get, policy get, monitor, metrics list, fqdn cache list, ipam list',
			changing:
				'install, upgrade, connectivity test, connectivity perf, config set, config delete, hubble enable, hubble disable, clustermesh enable, clustermesh connect, clustermesh disable, bgp enable, sysdump, endpoint config, cleanup',
			destructive: 'uninstall, endpoint disconnect, bpf ct flush, fqdn cache clean',
		},
		elsewhere: {context: '--context', file: '--kubeconfig'},
	},
	'cilium-dbg': {
		class: 'reading',
		values: '-H --host --config',
		switches: '-D --debug -h --help',
		verbs: {
			reading:
				'status, version, bgp peers, bgp routes, bgp route-policies, endpoint list, endpoint get, endpoint health, endpoint log, service list, service get, bpf lb list, bpf ct list, bpf nat list, bpf policy get, bpf endpoint list, bpf tunnel list, node list, ip list, ip get, identity list, identity get, policy get, monitor, metrics list, fqdn cache list, map list, map get, encrypt status, kvstore get',
			changing: 'endpoint config, config, service update',
			destructive:
				'cleanup, endpoint disconnect, endpoint regenerate, bpf ct flush, bpf nat flush, service delete, policy delete, fqdn cache clean, kvstore delete, kvstore set, map flush',
		},
	},
	hubble: {
		class: 'reading',
		verbs: {reading: 'observe, status, list, version'},
		values: '--server --config',
		switches: '-h --help',
	},
	kubeadm: {
		class: 'reading',
		values: '--kubeconfig --rootfs -v --v',
		switches: '-h --help',
		verbs: {
			reading: 'version, certs check-expiration, upgrade plan, upgrade diff, config images list, config validate',
			changing: 'certs renew, upgrade node, config images pull, config migrate, init phase',
			destructive: 'reset, upgrade apply, init, join',
		},
		elsewhere: {file: '--kubeconfig'},
	},
	talosctl: {
		class: 'reading',
		values: '-n --nodes -e --endpoints --context --talosconfig --cluster --siderov1-keys-dir',
		switches: '-i --insecure -h --help',
		verbs: {
			reading:
				'version, health, dashboard, services, service., dmesg, logs, get, list, ls, memory, processes, stats, containers, usage, du, mounts, disks, netstat, time, events, inspect, etcd members, etcd status, etcd alarm list, image list, config contexts, config info, read, support-info, cgroups, interfaces, routes',
			changing:
				'apply-config, patch, edit, service start, service stop, service restart, restart, kubeconfig, etcd snapshot, image pull, config context, config node, config endpoint, config merge, config add, upgrade-k8s, support, cp, copy, pcap, rollback, machineconfig patch',
			destructive:
				'reset, upgrade, reboot, shutdown, bootstrap, etcd remove-member, etcd leave, etcd forfeit-leadership, etcd defrag, etcd alarm disarm, wipe, rotate-ca, meta delete, meta write, config remove, image delete, cluster destroy',
			unknown: 'config new, gen',
		},
		flags: {unknown: '--insecure', changing: '--run-e2e'},
		prints: true,
		elsewhere: {context: '--context --cluster', file: '--talosconfig', server: '-e --endpoints'},
	},
	omnictl: {
		class: 'reading',
		values: '--context --omniconfig',
		switches: '-h --help',
		verbs: {
			reading:
				'get, cluster status, cluster template status, cluster template diff, cluster template validate, config contexts, config info, support-info',
			changing:
				'apply, cluster template sync, cluster kubernetes upgrade-pre-checks, config context, kubeconfig, talosconfig, machine-logs',
			destructive: 'delete, cluster delete, cluster template delete',
		},
		elsewhere: {context: '--context', file: '--omniconfig'},
	},
	k3s: {
		class: 'reading',
		switches: '--debug -h --help',
		verbs: {
			reading: 'check-config, etcd-snapshot ls, etcd-snapshot list, secrets-encrypt status, certificate check',
			changing: 'etcd-snapshot, etcd-snapshot save, certificate rotate, secrets-encrypt prepare, secrets-encrypt enable',
			destructive:
				'etcd-snapshot delete, etcd-snapshot prune, secrets-encrypt rotate, secrets-encrypt rotate-keys, secrets-encrypt reencrypt, secrets-encrypt disable, certificate rotate-ca, token rotate, token delete',
			unknown: 'token list, token create, token generate',
		},
		flags: {destructive: '--cluster-reset --cluster-reset-restore-path'},
	},
	kubectx: {class: 'unknown'},
	kubens: {class: 'unknown'},
	stern: {class: 'reading', elsewhere: {context: '--context', file: '--kubeconfig'}},
	kubeconform: {class: 'reading'},
	calicoctl: {
		class: 'reading',
		values: '-c --config -l --log-level --context',
		switches: '-h --help --allow-version-mismatch',
		verbs: {
			reading: 'get, node status, version, ipam show',
			changing: 'apply, create, patch, replace, label, node run, ipam configure',
			destructive: 'delete, ipam release, ipam split, datastore migrate',
		},
		elsewhere: {context: '--context', file: '-c --config'},
	},
	linkerd: {
		class: 'reading',
		verbs: {reading: 'check, version, viz stat, viz top'},
		values: '-n -L --context',
		switches: '-h --help',
		elsewhere: {context: '--context'},
	},
	istioctl: {
		class: 'reading',
		values: '-n --namespace -i --istioNamespace --context -c --kubeconfig',
		switches: '-h --help',
		verbs: {reading: 'version, proxy-status, ps, analyze', changing: 'install, upgrade', destructive: 'uninstall'},
		elsewhere: {context: '--context', file: '-c --kubeconfig'},
	},
	cmctl: {
		class: 'reading',
		values: '-n --namespace --context --kubeconfig',
		switches: '-h --help',
		verbs: {
			reading: 'check api, status certificate, version',
			changing: 'renew, approve, deny, create certificaterequest',
		},
		elsewhere: {context: '--context', file: '--kubeconfig'},
	},
	kubeseal: {class: 'unknown'},
};
