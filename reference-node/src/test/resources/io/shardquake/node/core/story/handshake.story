# Two nodes meet, and a third is found through gossip.
#
# A node that is told to meet another sends MEET to its bus port. Only MEET makes an unknown sender
# a member; the one who was met answers with PONG, and then opens a connection of its own and sends
# PING, for every pair of nodes has two connections, one that each has opened.

nodes 7001 7002 7003
show PING PONG connect save
7001> CLUSTER MEET 127.0.0.1 7002
    +OK

# Until the other has answered, it has a made-up name, and is nobody's business.
7001> CLUSTER NODES
    058a3bbd447a8901a7ce5ba407ea7b2dadf7223b 127.0.0.1:7002@17002 handshake - 0 0 0 disconnected
    7001 :7001@17001 myself,master - 0 0 0 connected
    
run 250
      0.010  7001 connects to port 17002
      0.010  7001 -> 7002  MEET epoch 0/0, slots none
      0.010  7002 saves nodes.conf
      0.010  7002 -> 7001  PONG epoch 0/0, slots none
      0.010  7001 saves nodes.conf
      0.110  7002 connects to port 17001
      0.110  7002 -> 7001  PING epoch 0/0, slots none
      0.110  7001 saves nodes.conf and syncs it
      0.110  7001 -> 7002  PONG epoch 0/0, slots none
      0.110  7002 saves nodes.conf
view 7001
    7001 myself,master, epoch 1
    7002 master, epoch 0
view 7002
    7001 master, epoch 0
    7002 myself,master, epoch 0

# 7003 meets 7002 only. 7001 hears of it in the gossip of 7002, and says PING to it: it trusts the
# word of a member.
7003> CLUSTER MEET 127.0.0.1 7002
    +OK
run 1500
      0.310  7003 connects to port 17002
      0.310  7003 -> 7002  MEET epoch 0/0, slots none
      0.310  7002 -> 7003  PONG epoch 0/0, slots none
      0.310  7003 saves nodes.conf
      0.410  7002 connects to port 17003
      0.410  7002 -> 7003  PING epoch 0/0, slots none
      0.410  7003 saves nodes.conf
      0.410  7003 -> 7002  PONG epoch 0/0, slots none
      0.410  7002 saves nodes.conf
      1.010  7001 -> 7002  PING epoch 1/1, slots none
      1.010  7002 -> 7001  PING epoch 0/0, slots none
      1.010  7003 -> 7002  PING epoch 0/0, slots none
      1.010  7001 -> 7002  PONG epoch 1/1, slots none
      1.010  7002 saves nodes.conf and syncs it
      1.010  7002 -> 7001 7003  PONG epoch 1/0, slots none, gossip 7001
      1.110  7003 connects to port 17001
      1.110  7003 -> 7001  PING epoch 1/0, slots none, gossip 7002
      1.110  7001 -> 7003  PONG epoch 1/1, slots none
      1.110  7003 saves nodes.conf and syncs it
      1.510  7002 -> 7003  PING epoch 2/2, slots none, gossip 7003
      1.510  7003 saves nodes.conf and syncs it
      1.510  7003 -> 7002  PONG epoch 2/0, slots none, gossip 7002
view 7001
    7001 myself,master, epoch 1
    7002 master, epoch 0
view 7003
    7001 master, epoch 1
    7002 master, epoch 2
    7003 myself,master, epoch 0
