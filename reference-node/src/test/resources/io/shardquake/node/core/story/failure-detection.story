# A master dies. Those who miss its answers suspect it (PFAIL, shown as "fail?"); gossip carries
# suspicions as failure reports, and when a majority of masters has reported, one of them declares
# the node failed (FAIL) and tells everybody at once.

cluster 7001 7002 7003
kill 7003

# The node timeout is 2 s: until it is over nobody says anything.
run 1500
view 7001
    7001 myself,master, epoch 1, slots 0-5460
    7002 master, epoch 2, slots 5461-10921
    7003 master, epoch 3, slots 10922-16383

# Then both survivors suspect; with 3 masters 2 are a majority.
show talk
run 2000
     10.110  7001 log: *** NODE 7003 possibly failing
     10.110  7002 log: *** NODE 7003 possibly failing
     10.210  7001 log: Node 7002 reported node 7003 as not reachable.
     10.210  7001 log: Marking node 7003 as failing (quorum reached).
     10.210  7001 -> 7002  FAIL epoch 3/1: 7003 has failed
     10.210  7001 log: Cluster state changed: fail
     10.210  7002 log: Node 7001 reported node 7003 as not reachable.
     10.210  7002 log: Marking node 7003 as failing (quorum reached).
     10.210  7002 -> 7001  FAIL epoch 3/2: 7003 has failed
     10.210  7002 log: Cluster state changed: fail
hide talk
view 7001
    7001 myself,master, epoch 1, slots 0-5460
    7002 master, epoch 2, slots 5461-10921
    7003 master,fail, epoch 3, slots 10922-16383
view 7002
    7001 master, epoch 1, slots 0-5460
    7002 myself,master, epoch 2, slots 5461-10921
    7003 master,fail, epoch 3, slots 10922-16383

# Every slot has to be served, or the cluster serves none.
7001> WATCH foo
    -CLUSTERDOWN The cluster is down

# The dead one comes back with its files. As a master with slots it stays failed for twice the
# node timeout, so that a replica could have taken over.
start 7003
run 6000
     13.510  7003 log: Cluster state changed: ok
     14.810  7001 log: Clear FAIL state for node 7003: is reachable again.
     14.810  7001 log: Cluster state changed: ok
     14.810  7002 log: Clear FAIL state for node 7003: is reachable again.
     14.810  7002 log: Cluster state changed: ok
view 7001
    7001 myself,master, epoch 1, slots 0-5460
    7002 master, epoch 2, slots 5461-10921
    7003 master, epoch 3, slots 10922-16383
7001> WATCH foo
    -MOVED 12182 127.0.0.1:7003
