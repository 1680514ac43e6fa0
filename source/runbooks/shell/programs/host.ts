import type {Rules} from '../rule.ts';

/** What does more than ask a web server, or asks for secrets. */
const foreign = /%output|^@|secrets?\b|token|^(?!https?:)[a-z][a-z0-9+.-]*:\/\//i;

const containers = {
	class: 'unknown',
	values:
		'-c --config -H --host --context --log-level -l --namespace -n --address -a --root --runtime-endpoint -r --image-endpoint -i --timeout -t',
	switches: '-D --debug --tls --tlsverify',
} as const;

/** What looks after a host: services, network, containers, hardware. */
export const host: Rules = {
	systemctl: {
		class: 'reading',
		values: '-t --type -H --host -M --machine -n --lines -o --output -p --property --state -s --signal --root',
		switches:
			'-a --all -l --full -q --quiet --no-pager --user --system --failed --no-legend --plain --now --no-block -r --recursive --value --force -f',
		verbs: {
			reading:
				'status, show, cat, is-active, is-enabled, is-failed, is-system-running, list-units, list-unit-files, list-timers, list-sockets, list-jobs, list-dependencies, list-machines, get-default, help',
			changing:
				'start, stop, restart, reload, try-restart, reload-or-restart, enable, disable, reenable, mask, unmask, daemon-reload, daemon-reexec, reset-failed, set-property, edit, link, preset, set-default, cancel, freeze, thaw, revert, add-wants, add-requires, import-environment, set-environment, unset-environment',
			destructive:
				'poweroff, reboot, halt, kexec, suspend, hibernate, hybrid-sleep, emergency, rescue, isolate, kill, switch-root, exit, soft-reboot, clean',
		},
	},
	journalctl: {
		class: 'reading',
		flags: {
			changing: '--rotate --flush --sync --setup-keys --update-catalog --relinquish-var',
			destructive: '--vacuum-size --vacuum-time --vacuum-files',
			unknown: '--cursor-file',
		},
		wary: true,
	},
	'rc-service': {class: 'unknown'},
	service: {class: 'unknown'},
	dmesg: {
		class: 'unknown',
		only: '-T -H -w -W -k -x -u -L -e -d -t -P -l: -f: --level: --facility: --ctime --human --follow --since: --until: --decode --nopager --color:',
	},
	uptime: {class: 'reading'},
	uname: {class: 'reading'},
	hostname: {class: 'changing', only: '-f -s -i -I -d -A -a', alone: true},
	hostnamectl: {
		class: 'reading',
		verbs: {reading: 'status', changing: 'set-hostname, hostname, set-icon-name, set-chassis, set-deployment, set-location'},
	},
	timedatectl: {
		class: 'reading',
		verbs: {
			reading: 'status, show, timesync-status, show-timesync, list-timezones',
			changing: 'set-time, set-timezone, set-local-rtc, set-ntp',
		},
	},
	loginctl: {
		class: 'reading',
		verbs: {
			reading: 'list-sessions, list-users, session-status, user-status, show-session',
			destructive: 'terminate-session, terminate-user, kill-session, kill-user',
		},
	},
	chronyc: {
		class: 'unknown',
		switches: '-n -c -a',
		flags: {unknown: '-m'},
		values: '-h -p',
		verbs: {
			reading: 'tracking, sources, sourcestats, activity, ntpdata, serverstats',
			changing: 'makestep, burst, online, offline, add server, delete',
		},
	},
	free: {class: 'reading'},
	top: {class: 'reading'},
	htop: {class: 'unknown'},
	vmstat: {class: 'reading'},
	mpstat: {class: 'reading'},
	pidstat: {class: 'unknown', only: '-d -r -u -w -h -t -p:'},
	sar: {class: 'unknown', only: '-u -r -d -n: -q -A -b -B -P: -f: -s: -e: -h'},
	ps: {class: 'reading'},
	pgrep: {class: 'reading'},
	pstree: {class: 'reading'},
	lsof: {class: 'reading'},
	who: {class: 'reading'},
	w: {class: 'reading'},
	last: {class: 'reading'},
	id: {class: 'reading'},
	whoami: {class: 'reading'},
	date: {class: 'changing', only: '-u -I -R -d: -r: --utc --date: --iso-8601 --rfc-3339:', first: /^(\+|$)/},
	kill: {class: 'changing', flags: {reading: '-l -L', destructive: '-9 -KILL -SIGKILL'}},
	pkill: {class: 'destructive'},
	killall: {class: 'destructive'},
	reboot: {class: 'destructive'},
	shutdown: {class: 'destructive'},
	poweroff: {class: 'destructive'},
	halt: {class: 'destructive'},
	init: {class: 'destructive'},
	telinit: {class: 'destructive'},
	'k3s-killall.sh': {class: 'destructive'},
	'k3s-uninstall.sh': {class: 'destructive'},
	'k3s-agent-uninstall.sh': {class: 'destructive'},
	ip: {
		class: 'unknown',
		values: '-n -netns -f -family -l -loops -rc -rcvbuf -b -batch',
		switches:
			'-4 -6 -br -brief -c -color -s -stats -statistics -d -details -j -json -p -pretty -o -oneline -r -resolve -h -human -a -all -t -timestamp',
		verbs: {
			reading:
				'a., addr., address., a s, a show, addr s, addr show, addr ls, addr list, address show, address list, l., link., link show, link ls, link list, l show, r., route., r s, r show, r get, r list, route show, route s, route ls, route list, route get, ro., ro show, n., neigh., neighbor., neighbour., n show, neigh show, neigh s, neigh ls, neigh list, neigh get, rule., rule show, rule list, rule ls, netns., netns list, netns ls, netns identify, netns pids, netns show, maddress., maddress show, mroute show, tunnel show, xfrm state count, monitor, vrf show, nexthop show, bridge show, ntable show, tcp_metrics show',
			changing:
				'a add, a replace, addr add, addr change, addr replace, address add, address replace, l set, link set, link add, r add, r replace, r change, route add, route append, route change, route replace, n add, n replace, neigh add, neigh change, neigh replace, rule add, netns add, netns set, netns attach, tunnel add, tunnel change, maddress add, nexthop add',
			destructive:
				'a del, a delete, a flush, addr del, addr delete, addr flush, address del, address delete, address flush, l del, l delete, link del, link delete, r del, r delete, r flush, route del, route delete, route flush, n del, n delete, n flush, neigh del, neigh delete, neigh flush, rule del, rule delete, rule flush, netns del, netns delete, tunnel del, maddress del, nexthop del, nexthop flush',
			unknown: 'xfrm state, xfrm, vrf exec, netns exec',
		},
		flags: {unknown: '-b -batch -force'},
	},
	ss: {class: 'reading', flags: {destructive: '-K --kill', unknown: '-D --diag'}, wary: true},
	netstat: {class: 'reading'},
	ping: {class: 'reading', flags: {changing: '-f'}},
	ping6: {class: 'reading', flags: {changing: '-f'}},
	arping: {class: 'unknown', only: '-c: -w: -I: -b -f -q -D'},
	traceroute: {class: 'reading'},
	tracepath: {class: 'reading'},
	mtr: {class: 'reading'},
	dig: {class: 'reading', flags: {unknown: '-f -k -y'}},
	nslookup: {class: 'reading'},
	host: {class: 'reading'},
	getent: {class: 'reading', prints: true},
	resolvectl: {
		class: 'reading',
		verbs: {
			reading: 'status, query, statistics, dns., domain., show-cache',
			changing: 'flush-caches, revert, reset-statistics, reset-server-features',
		},
	},
	nc: {class: 'unknown', only: '-z -v -w: -u -n -4 -6', needs: '-z'},
	tcpdump: {class: 'unknown', only: '-i: -n -nn -c: -v -vv -e -A -X -q -t -tttt -s: -l'},
	ethtool: {class: 'unknown', only: '-i -S -k -g -a -c -d -m -T -l'},
	iptables: {
		class: 'destructive',
		only: '-L -S -n -v -t: --line-numbers --list --list-rules --table: -x -w',
		needs: '-L -S --list --list-rules',
	},
	ip6tables: {
		class: 'destructive',
		only: '-L -S -n -v -t: --line-numbers --list --list-rules --table: -x -w',
		needs: '-L -S --list --list-rules',
	},
	'iptables-save': {class: 'reading', flags: {changing: '-f --file'}},
	nft: {
		class: 'unknown',
		switches: '-a -n -j -s',
		verbs: {reading: 'list', changing: 'add, insert, create', destructive: 'delete, flush, destroy, reset, replace'},
		flags: {unknown: '-f --file -i'},
	},
	conntrack: {class: 'unknown', only: '-L -C -S -p: -s: -d: -o:', needs: '-L -C -S', flags: {destructive: '-D -F'}},
	ipvsadm: {class: 'destructive', only: '-L -l -n --list --numeric --stats --rate', needs: '-L -l --list'},
	bridge: {
		class: 'unknown',
		switches: '-d -s -j -p',
		verbs: {
			reading: 'link show, fdb show, vlan show, link., fdb., vlan.',
			changing: 'fdb add, vlan add, link set, fdb append, fdb replace',
			destructive: 'fdb del, vlan del',
		},
	},
	brctl: {class: 'unknown', verbs: {reading: 'show, showmacs, showstp'}},
	vtysh: {class: 'unknown'},
	birdc: {
		class: 'unknown',
		verbs: {reading: 'show', changing: 'configure, reload, enable, restart', destructive: 'disable, down'},
	},
	gobgp: {class: 'unknown', values: '-u --host -p --port', verbs: {reading: 'neighbor., global., global rib.'}, switches: '-j'},
	curl: {
		class: 'unknown',
		only: '-s -S -f -k -L -v -i -I -g -G -4 -6 -N -m: -w: -H: -X:GET -X:HEAD -A: -u: -o:/dev/null --silent --show-error --fail --fail-with-body --insecure --location --verbose --include --head --get --max-time: --connect-timeout: --write-out: --header: --request:GET --request:HEAD --output:/dev/null --resolve: --retry: --retry-delay: --cacert: --cert: --key: --http1.1 --http2 --compressed --no-progress-meter --interface: --noproxy: --proxy: --user: -E: --tlsv1.2 --tlsv1.3 --globoff --no-buffer --range: -r:',
		never: foreign,
		flags: {
			changing:
				'-d --data --data-raw --data-binary --data-urlencode --json -F --form -T --upload-file -o --output -O --remote-name',
			destructive: '-X=DELETE --request=DELETE',
		},
	},
	wget: {
		class: 'unknown',
		only: '-q -S -T: -t: --spider --timeout: --tries: --server-response --no-check-certificate -O:- --quiet --output-document:- --header:',
		needs: '--spider -O --output-document',
		never: foreign,
	},
	openssl: {
		class: 'unknown',
		verbs: {reading: 's_client, x509, crl, verify, version, ocsp'},
		only: '-in: -noout -text -dates -enddate -startdate -subject -issuer -serial -fingerprint -checkend: -connect: -servername: -showcerts -CAfile: -CApath: -verify_return_error -ext: -inform: -nameopt: -purpose -hash -alpn: -starttls: -quiet -brief -verify: -tls1_2 -tls1_3 -sha256 -issuer_hash -subject_hash -untrusted: -status',
	},
	certbot: {class: 'unknown', verbs: {reading: 'certificates', changing: 'renew, certonly, run', destructive: 'delete, revoke'}},
	docker: {
		...containers,
		verbs: {
			unknown: 'exec',
			reading:
				'ps, images, image ls, logs, top, stats, port, version, info, events, history, container ls, volume ls, volume inspect, network ls, network inspect, system df, compose ps, compose logs, diff',
			changing:
				'run, start, restart, pull, push, build, tag, create, cp, update, rename, commit, compose up, compose start, compose restart, compose pull, network create, volume create, unpause, pause, login, load, save, network connect, stop',
			destructive:
				'rm, rmi, kill, container rm, image rm, image prune, volume rm, volume prune, network rm, network prune, system prune, container prune, compose down, compose rm, network disconnect, swarm leave',
		},
		elsewhere: {context: '--context -c', server: '-H --host'},
	},
	podman: {
		...containers,
		verbs: {
			unknown: 'exec',
			reading: 'ps, images, logs, top, stats, port, version, info, events, history, volume ls, network ls, system df, pod ps',
			changing: 'run, start, restart, pull, push, build, tag, create, cp, stop',
			destructive: 'rm, rmi, kill, volume rm, system prune, system reset, pod rm, image prune',
		},
	},
	crictl: {
		...containers,
		verbs: {
			unknown: 'exec',
			reading: 'ps, pods, images, img, logs, stats, statsp, version, info, imagefsinfo, events, metricsp',
			changing: 'pull, start, create, run, runp, update, stop',
			destructive: 'rm, rmp, rmi, stopp, checkpoint',
		},
	},
	nerdctl: {
		...containers,
		verbs: {
			unknown: 'exec',
			reading: 'ps, images, logs, stats, version, info, events',
			changing: 'run, start, stop, pull, restart',
			destructive: 'rm, rmi, kill, system prune',
		},
	},
	ctr: {
		...containers,
		verbs: {
			reading:
				'version, images ls, images list, image ls, i ls, containers ls, containers list, container ls, c ls, tasks ls, tasks list, task ls, t ls, namespaces ls, ns ls, snapshots ls, snapshots usage, plugins ls, content ls, leases ls, images check',
			changing: 'images pull, images import, images export, images tag, i pull, images mount, tasks start, run',
			destructive:
				'images rm, i rm, containers rm, c rm, tasks kill, tasks rm, t kill, content rm, namespaces rm, leases rm, snapshots rm, content prune, images unmount',
		},
	},
	'nvidia-smi': {
		class: 'reading',
		verbs: {reading: 'topo, nvlink, pmon, dmon'},
		only: '-L -q -d: -i: -l: -x -m -n --query-gpu: --query-compute-apps: --format: --list-gpus --query --display: --id: --loop: -lms: -s:',
	},
	'rocm-smi': {class: 'unknown', only: '-a -i -t -u -P --showtemp --showuse --showmeminfo: --json'},
	dcgmi: {class: 'unknown', verbs: {reading: 'discovery, health, dmon, nvlink, topo, stats', changing: 'diag, config, policy'}},
	sensors: {class: 'unknown', only: '-u -A -f -j'},
	lspci: {class: 'reading'},
	lsusb: {class: 'reading'},
	lscpu: {class: 'reading'},
	lsmod: {class: 'reading'},
	lshw: {class: 'unknown', only: '-short -C: -class: -json -sanitize'},
	dmidecode: {class: 'unknown', only: '-t: -s: -q --type: --string: --quiet'},
	modinfo: {class: 'reading'},
	modprobe: {class: 'changing'},
	rmmod: {class: 'destructive'},
	ipmitool: {
		class: 'unknown',
		values: '-I -H -U -P -p -L -f',
		switches: '-E -v',
		verbs: {
			reading:
				'sdr., sdr list, sdr elist, sdr type, sel list, sel elist, sel info, sensor., sensor list, sensor get, fru., fru print, mc info, chassis status, chassis power status, power status, lan print',
			changing: 'chassis identify, power on, chassis power on, mc reset',
			destructive:
				'power off, power cycle, power reset, power soft, chassis power off, chassis power cycle, chassis power reset, chassis power soft, sel clear, chassis bootdev',
		},
	},
	sysctl: {class: 'changing', only: '-a -n -e -N --all --values', first: /^[\w./-]*$/},
	apt: {
		class: 'unknown',
		switches: '-q -qq',
		verbs: {
			reading: 'list, show, policy, search',
			changing: 'update, install, upgrade, full-upgrade, download',
			destructive: 'remove, purge, autoremove, clean',
		},
	},
	'apt-get': {
		class: 'unknown',
		switches: '-q -qq -y',
		verbs: {changing: 'update, install, upgrade, dist-upgrade, download', destructive: 'remove, purge, autoremove, clean'},
	},
	'apt-cache': {class: 'reading'},
	dpkg: {
		class: 'unknown',
		only: '-l -L -s -S --list --status --listfiles --search',
		needs: '-l -L -s -S --list --status --listfiles --search',
	},
	rpm: {class: 'unknown', only: '-q -a -i -l --query --all', needs: '-q --query'},
	terraform: {
		class: 'unknown',
		verbs: {reading: 'version, validate', changing: 'apply, init, import, plan', destructive: 'destroy, state rm, taint'},
	},
	ansible: {class: 'destructive'},
	'ansible-playbook': {class: 'destructive'},
	scp: {class: 'destructive'},
	sftp: {class: 'destructive'},
	rsync: {class: 'changing', flags: {destructive: '--delete --delete-after --delete-before --remove-source-files'}},
	tmux: {class: 'unknown'},
	screen: {class: 'unknown'},
};
