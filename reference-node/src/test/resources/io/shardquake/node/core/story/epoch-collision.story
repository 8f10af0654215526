# Masters that were never told their epochs all begin with 0. Whoever hears of another master with
# its own epoch, and has the smaller ID, takes a new one; the node with the greatest ID never moves.

nodes 7001 7002 7003
7001> CLUSTER ADDSLOTSRANGE 0 5460
    +OK
7002> CLUSTER ADDSLOTSRANGE 5461 10922
    +OK
7003> CLUSTER ADDSLOTSRANGE 10923 16383
    +OK
7001> CLUSTER MEET 127.0.0.1 7002
    +OK
7001> CLUSTER MEET 127.0.0.1 7003
    +OK
show save talk
run 3000
      0.010  7001 -> 7002 7003  MEET epoch 0/0, slots 0-5460
      0.010  7002 saves nodes.conf
      0.010  7003 saves nodes.conf
      0.010  7001 saves nodes.conf
      0.110  7001 saves nodes.conf and syncs it
      0.110  7001 log: WARNING: configEpoch collision with node 7002. configEpoch set to 1
      0.110  7002 saves nodes.conf
      0.110  7003 saves nodes.conf
      1.010  7002 saves nodes.conf and syncs it
      1.010  7003 saves nodes.conf and syncs it
      1.110  7002 saves nodes.conf and syncs it
      1.110  7002 log: WARNING: configEpoch collision with node 7003. configEpoch set to 2
      1.110  7003 saves nodes.conf and syncs it
      2.010  7001 log: Cluster state changed: ok
      2.010  7002 log: Cluster state changed: ok
      2.010  7003 log: Cluster state changed: ok
      2.010  7001 saves nodes.conf and syncs it
      2.010  7003 saves nodes.conf and syncs it
view 7001
    7001 myself,master, epoch 1, slots 0-5460
    7002 master, epoch 2, slots 5461-10922
    7003 master, epoch 0, slots 10923-16383
view 7003
    7001 master, epoch 1, slots 0-5460
    7002 master, epoch 2, slots 5461-10922
    7003 myself,master, epoch 0, slots 10923-16383
