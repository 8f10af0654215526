# A master dies and its replica is elected in its place.
#
# The replica waits a little, so that the news of the failure can spread; then it raises the
# current epoch and asks all masters for their votes. Each has one vote an epoch, and has it on disk
# before it gives it.

cluster 7001 7002 7003 replicas 7004
view 7001
    7001 myself,master, epoch 1, slots 0-5460
    7002 master, epoch 2, slots 5461-10921
    7003 master, epoch 3, slots 10922-16383
    7004 slave of 7001, epoch 1
kill 7001
show save
run 4000
     10.110  7002 saves nodes.conf
     10.110  7002 log: Marking node 7001 as failing (quorum reached).
     10.110  7002 -> 7004 7003  FAIL epoch 3/2: 7001 has failed
     10.110  7002 log: Cluster state changed: fail
     10.110  7003 saves nodes.conf
     10.110  7003 log: Marking node 7001 as failing (quorum reached).
     10.110  7003 -> 7002 7004  FAIL epoch 3/3: 7001 has failed
     10.110  7003 log: Cluster state changed: fail
     10.110  7004 saves nodes.conf
     10.110  7004 log: FAIL message received from 7002 about 7001
     10.110  7004 log: Cluster state changed: fail
     10.210  7004 log: Start of election delayed for 680 milliseconds (rank #0, offset 0).
     10.910  7004 saves nodes.conf and syncs it
     10.910  7004 log: Starting a failover election for epoch 4.
     10.910  7004 -> 7002 7003  FAILOVER_AUTH_REQUEST epoch 4/1
     10.910  7002 saves nodes.conf and syncs it
     10.910  7002 -> 7004  FAILOVER_AUTH_ACK epoch 4/2
     10.910  7002 log: Failover auth granted to 7004 for epoch 4
     10.910  7003 saves nodes.conf and syncs it
     10.910  7003 -> 7004  FAILOVER_AUTH_ACK epoch 4/3
     10.910  7003 log: Failover auth granted to 7004 for epoch 4
     10.910  7004 saves nodes.conf and syncs it
     10.910  7004 log: Failover election won: I'm the new master.
     10.910  7004 log: MASTER MODE enabled
     10.910  7004 log: Cluster state changed: ok
     10.910  7002 saves nodes.conf and syncs it
     10.910  7002 log: Cluster state changed: ok
     10.910  7003 saves nodes.conf and syncs it
     10.910  7003 log: Cluster state changed: ok
view 7002
    7001 master,fail, epoch 1
    7002 myself,master, epoch 2, slots 5461-10921
    7003 master, epoch 3, slots 10922-16383
    7004 master, epoch 4, slots 0-5460

# The old master comes back. It learns from the first answer that its slots have gone, by a greater
# epoch, and becomes the replica of the new one.
hide save
start 7001
run 3000
     12.010  7001 log: Cluster state changed: ok
     12.010  7002 -> 7001  UPDATE epoch 4/2: 7004 has slots 0-5460 with epoch 4
     12.010  7003 -> 7001  UPDATE epoch 4/3: 7004 has slots 0-5460 with epoch 4
     12.010  7004 -> 7001  UPDATE epoch 4/4: 7004 has slots 0-5460 with epoch 4
     12.010  7002 log: Clear FAIL state for node 7001: is reachable again.
     12.010  7002 -> 7001  UPDATE epoch 4/2: 7004 has slots 0-5460 with epoch 4
     12.010  7003 log: Clear FAIL state for node 7001: is reachable again.
     12.010  7003 -> 7001  UPDATE epoch 4/3: 7004 has slots 0-5460 with epoch 4
     12.010  7004 log: Clear FAIL state for node 7001: is reachable again.
     12.010  7004 -> 7001  UPDATE epoch 4/4: 7004 has slots 0-5460 with epoch 4
     12.010  7004 log: Replica 127.0.0.1:7001 asks for synchronization
     12.010  7004 log: Starting full synchronization of 1 replica(s) at offset 0
     12.010  7004 log: Synchronization with replica 127.0.0.1:7001 succeeded
     12.010  7001 log: Full resync from master: 53304cb101c3df1e208ecc5f912875e4f06c8bbe:0
     12.010  7001 log: MASTER <-> REPLICA sync: Loading 164 bytes in memory
     12.010  7001 log: MASTER <-> REPLICA sync: Finished with success, 0 keys
view 7001
    7001 myself,slave of 7004, epoch 4
    7002 master, epoch 2, slots 5461-10921
    7003 master, epoch 3, slots 10922-16383
    7004 master, epoch 4, slots 0-5460
