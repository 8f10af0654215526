# Two masters claim the same slot. The claim with the greater epoch wins, wherever it is heard; who
# claims with a smaller one is told so with UPDATE.

cluster 7001 7002 7003
view 7003
    7001 master, epoch 1, slots 0-5460
    7002 master, epoch 2, slots 5461-10921
    7003 myself,master, epoch 3, slots 10922-16383

# Slot 0 is given to 7002 without the word of 7001: importing it, and then closing the import,
# raises the epoch of 7002, which makes its claim the winning one.
7002> CLUSTER SETSLOT 0 IMPORTING <7001>
    +OK
7002> CLUSTER SETSLOT 0 NODE <7002>
    +OK
      8.000  7002 log: New configEpoch set to 4 without consensus
run 1500
view 7001
    7001 myself,master, epoch 1, slots 1-5460
    7002 master, epoch 4, slots 0 5461-10921
    7003 master, epoch 3, slots 10922-16383
view 7003
    7001 master, epoch 1, slots 1-5460
    7002 master, epoch 4, slots 0 5461-10921
    7003 myself,master, epoch 3, slots 10922-16383

# While 7003 is cut off, slot 1 changes hands too. 7003 comes back with the old belief, and learns.
cut 7003 7001 7002
7002> CLUSTER SETSLOT 1 IMPORTING <7001>
    +OK
7002> CLUSTER SETSLOT 1 NODE <7002>
    +OK
run 1000
mend
run 3000
view 7003
    7001 master, epoch 1, slots 2-5460
    7002 master, epoch 4, slots 0-1 5461-10921
    7003 myself,master, epoch 3, slots 10922-16383

# SETSLOT NODE alone raises no epoch: 7001, whose epoch is the smallest, may believe that a slot of
# 7003 is its own, but others tell it otherwise as soon as they hear of it.
7001> CLUSTER SETSLOT 16383 NODE <7001>
    +OK
view 7001
    7001 myself,master, epoch 1, slots 2-5460 16383
    7002 master, epoch 4, slots 0-1 5461-10921
    7003 master, epoch 3, slots 10922-16382
run 3000
     13.710  7003 -> 7001  UPDATE epoch 4/3: 7003 has slots 10922-16383 with epoch 3
view 7001
    7001 myself,master, epoch 1, slots 2-5460
    7002 master, epoch 4, slots 0-1 5461-10921
    7003 master, epoch 3, slots 10922-16383
