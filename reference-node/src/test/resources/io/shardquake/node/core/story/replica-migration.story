# A master has lost its only replica, while another has two: one of them moves.
#
# The replica with the smallest ID among those of the masters with the most replicas moves, once the
# other has been an orphan for five seconds.

cluster 7001 7002 7003 replicas 7004 7005 7006 7007
view 7001
    7001 myself,master, epoch 1, slots 0-5460
    7002 master, epoch 2, slots 5461-10921
    7003 master, epoch 3, slots 10922-16383
    7004 slave of 7001, epoch 1
    7005 slave of 7002, epoch 2
    7006 slave of 7003, epoch 3
    7007 slave of 7001, epoch 1
kill 7005
run 4000
     10.210  7004 log: Marking node 7005 as failing (quorum reached).
     10.210  7004 -> 7001 7006 7002 7007 7003  FAIL epoch 6/1: 7005 has failed
     10.210  7001 log: FAIL message received from 7004 about 7005
     10.210  7002 log: FAIL message received from 7004 about 7005
     10.210  7003 log: FAIL message received from 7004 about 7005
     10.210  7006 log: FAIL message received from 7004 about 7005
     10.210  7007 log: FAIL message received from 7004 about 7005
view 7001
    7001 myself,master, epoch 1, slots 0-5460
    7002 master, epoch 2, slots 5461-10921
    7003 master, epoch 3, slots 10922-16383
    7004 slave of 7001, epoch 1
    7005 slave,fail of 7002, epoch 2
    7006 slave of 7003, epoch 3
    7007 slave of 7001, epoch 1
run 8000
     15.410  7007 log: Migrating to orphaned master 7002
     15.410  7002 log: Replica 127.0.0.1:7007 asks for synchronization
     15.410  7002 log: Starting full synchronization of 1 replica(s) at offset 0
     15.410  7002 log: Synchronization with replica 127.0.0.1:7007 succeeded
     15.410  7007 log: Full resync from master: be54560eda95447c37ac61bcebfa38dbbcd83ca1:0
     15.410  7007 log: MASTER <-> REPLICA sync: Loading 164 bytes in memory
     15.410  7007 log: MASTER <-> REPLICA sync: Finished with success, 0 keys
view 7001
    7001 myself,master, epoch 1, slots 0-5460
    7002 master, epoch 2, slots 5461-10921
    7003 master, epoch 3, slots 10922-16383
    7004 slave of 7001, epoch 1
    7005 slave,fail of 7002, epoch 2
    7006 slave of 7003, epoch 3
    7007 slave of 7002, epoch 2
