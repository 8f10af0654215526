# An operator asks a replica to take over from a master that is well (CLUSTER FAILOVER).
#
# The replica asks its master to stop writes (MFSTART). The master says at which offset it has
# stopped; when the replica has everything up to there, it is elected without delay, by hand: voters
# do not ask whether the master has failed. Nothing is lost, and nobody is refused.

cluster 7001 7002 7003 replicas 7004
show save
7004> CLUSTER FAILOVER
    +OK
      8.000  7004 -> 7001  MFSTART epoch 3/1
      8.000  7001 log: Manual failover requested by replica 7004.
      8.000  7004 log: All master replication stream processed, manual failover can start.
      8.000  7004 log: Start of election delayed for 0 milliseconds (rank #0, offset 0).
run 1000
      8.010  7004 saves nodes.conf and syncs it
      8.010  7004 log: Starting a failover election for epoch 4.
      8.010  7004 -> 7001 7002 7003  FAILOVER_AUTH_REQUEST epoch 4/1, by hand
      8.010  7001 saves nodes.conf and syncs it
      8.010  7001 -> 7004  FAILOVER_AUTH_ACK epoch 4/1, paused at offset 0
      8.010  7001 log: Failover auth granted to 7004 for epoch 4
      8.010  7002 saves nodes.conf and syncs it
      8.010  7002 -> 7004  FAILOVER_AUTH_ACK epoch 4/2
      8.010  7002 log: Failover auth granted to 7004 for epoch 4
      8.010  7003 saves nodes.conf and syncs it
      8.010  7003 -> 7004  FAILOVER_AUTH_ACK epoch 4/3
      8.010  7003 log: Failover auth granted to 7004 for epoch 4
      8.010  7004 saves nodes.conf and syncs it
      8.010  7004 log: Failover election won: I'm the new master.
      8.010  7004 log: MASTER MODE enabled
      8.010  7001 saves nodes.conf and syncs it
      8.010  7002 saves nodes.conf and syncs it
      8.010  7003 saves nodes.conf and syncs it
      8.010  7004 log: Partial resynchronization request from 127.0.0.1:7001 accepted, from offset 1
      8.010  7001 log: Successful partial resynchronization with master.
      8.610  7003 saves nodes.conf and syncs it
      8.610  7004 saves nodes.conf and syncs it
view 7001
    7001 myself,slave of 7004, epoch 4
    7002 master, epoch 2, slots 5461-10921
    7003 master, epoch 3, slots 10922-16383
    7004 master, epoch 4, slots 0-5460

# Back again, this time without asking the master (FORCE), and then without asking anybody
# (TAKEOVER).
hide save
7001> CLUSTER FAILOVER FORCE
    +OK
      9.000  7001 log: Start of election delayed for 0 milliseconds (rank #0, offset 0).
run 1000
      9.010  7001 log: Starting a failover election for epoch 5.
      9.010  7001 -> 7002 7004 7003  FAILOVER_AUTH_REQUEST epoch 5/4, by hand
      9.010  7002 log: Failover auth denied to 7001: it is a master node
      9.010  7003 -> 7001  FAILOVER_AUTH_ACK epoch 5/3
      9.010  7003 log: Failover auth granted to 7001 for epoch 5
      9.010  7004 -> 7001  FAILOVER_AUTH_ACK epoch 5/4
      9.010  7004 log: Failover auth granted to 7001 for epoch 5
      9.010  7001 log: Failover election won: I'm the new master.
      9.010  7001 log: MASTER MODE enabled
      9.010  7001 log: Partial resynchronization request from 127.0.0.1:7004 accepted, from offset 1
      9.010  7004 log: Successful partial resynchronization with master.
view 7002
    7001 master, epoch 5, slots 0-5460
    7002 myself,master, epoch 2, slots 5461-10921
    7003 master, epoch 3, slots 10922-16383
    7004 master, epoch 4
7004> CLUSTER FAILOVER TAKEOVER
    +OK
     10.000  7004 log: Taking over the master (user request).
     10.000  7004 log: New configEpoch set to 6 without consensus
     10.000  7004 log: MASTER MODE enabled
     10.000  7004 log: Partial resynchronization request from 127.0.0.1:7001 accepted, from offset 1
     10.000  7001 log: Successful partial resynchronization with master.
run 1000
view 7002
    7001 slave of 7004, epoch 6
    7002 myself,master, epoch 2, slots 5461-10921
    7003 master, epoch 3, slots 10922-16383
    7004 master, epoch 6, slots 0-5460

# Only a replica can be asked.
7004> CLUSTER FAILOVER
    -ERR You should send CLUSTER FAILOVER to a replica
