# Two replicas of the same master stand for election in the same epoch, and split the votes.
#
# Both have the same offset, so neither has to let the other go first; here chance gives them the
# same delay, and the wires let each reach one voter first. Neither has a majority of the three
# masters, both wait until the time of the election is over, and try again with a new epoch and a
# new delay.

seed 8
cluster 7001 7002 7003 replicas 7004 7005 7006 7007
view 7002
    7001 master, epoch 1, slots 0-5460
    7002 myself,master, epoch 2, slots 5461-10921
    7003 master, epoch 3, slots 10922-16383
    7004 slave of 7001, epoch 1
    7005 slave of 7002, epoch 2
    7006 slave of 7003, epoch 3
    7007 slave of 7001, epoch 1
run 3000
delay 7004 7003 200
delay 7007 7002 200
kill 7001
run 8000
     13.210  7003 log: Marking node 7001 as failing (quorum reached).
     13.210  7003 -> 7007 7005 7004 7006 7002  FAIL epoch 6/3: 7001 has failed
     13.210  7003 log: Cluster state changed: fail
     13.210  7006 log: Marking node 7001 as failing (quorum reached).
     13.210  7006 -> 7007 7005 7004 7003 7002  FAIL epoch 6/3: 7001 has failed
     13.210  7006 log: Cluster state changed: fail
     13.210  7002 log: Marking node 7001 as failing (quorum reached).
     13.210  7002 -> 7007 7005 7004 7003 7006  FAIL epoch 6/2: 7001 has failed
     13.210  7002 log: Cluster state changed: fail
     13.210  7004 log: FAIL message received from 7003 about 7001
     13.210  7004 log: Cluster state changed: fail
     13.210  7005 log: FAIL message received from 7003 about 7001
     13.210  7005 log: Cluster state changed: fail
     13.210  7007 log: FAIL message received from 7003 about 7001
     13.210  7007 log: Cluster state changed: fail
     13.310  7004 log: Start of election delayed for 544 milliseconds (rank #0, offset 14).
     13.310  7007 log: Start of election delayed for 559 milliseconds (rank #0, offset 14).
     13.910  7004 log: Starting a failover election for epoch 7.
     13.910  7004 -> 7007 7005 7003 7006 7002  FAILOVER_AUTH_REQUEST epoch 7/1
     13.910  7007 log: Starting a failover election for epoch 7.
     13.910  7007 -> 7005 7004 7003 7006 7002  FAILOVER_AUTH_REQUEST epoch 7/1
     13.910  7002 -> 7004  FAILOVER_AUTH_ACK epoch 7/2
     13.910  7002 log: Failover auth granted to 7004 for epoch 7
     13.910  7003 -> 7007  FAILOVER_AUTH_ACK epoch 7/3
     13.910  7003 log: Failover auth granted to 7007 for epoch 7
     14.110  7002 log: Failover auth denied to 7007: already voted for epoch 7
     14.110  7003 log: Failover auth denied to 7004: already voted for epoch 7

# The wires are fast again: in the next election the first to ask is heard by both voters before
# the other has asked.
delay 7004 7003 0
delay 7007 7002 0
run 8000
     21.910  7004 log: Start of election delayed for 511 milliseconds (rank #0, offset 14).
     21.910  7007 log: Start of election delayed for 957 milliseconds (rank #0, offset 14).
     22.510  7004 log: Starting a failover election for epoch 8.
     22.510  7004 -> 7007 7005 7003 7006 7002  FAILOVER_AUTH_REQUEST epoch 8/1
     22.510  7002 -> 7004  FAILOVER_AUTH_ACK epoch 8/2
     22.510  7002 log: Failover auth granted to 7004 for epoch 8
     22.510  7003 -> 7004  FAILOVER_AUTH_ACK epoch 8/3
     22.510  7003 log: Failover auth granted to 7004 for epoch 8
     22.510  7004 log: Failover election won: I'm the new master.
     22.510  7004 log: MASTER MODE enabled
     22.510  7004 log: Cluster state changed: ok
     22.510  7002 log: Cluster state changed: ok
     22.510  7003 log: Cluster state changed: ok
     22.510  7005 log: Cluster state changed: ok
     22.510  7006 log: Cluster state changed: ok
     22.510  7007 log: Cluster state changed: ok
     22.510  7004 log: Partial resynchronization request from 127.0.0.1:7007 accepted, from offset 15
     22.510  7007 log: Successful partial resynchronization with master.
view 7002
    7001 master,fail, epoch 1
    7002 myself,master, epoch 2, slots 5461-10921
    7003 master, epoch 3, slots 10922-16383
    7004 master, epoch 8, slots 0-5460
    7005 slave of 7002, epoch 2
    7006 slave of 7003, epoch 3
    7007 slave of 7004, epoch 8
