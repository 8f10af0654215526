package io.shardquake.node.core.replication;

/**
 * What a replica says of itself before it asks for synchronization (REPLCONF).
 *
 * @param port on which it listens itself; 0 if it did not say
 * @param ip where it can be reached; empty if it did not say
 * @param eof whether it reads a snapshot whose end is marked instead of its length announced
 * @param psync2 whether it wants to be told the ID of the history that it resumes
 * @param snapshotOnly whether it wants no stream after the snapshot
 * @param withoutData whether it wants the functions without the keys
 */
record ReplicaProfile(
    int port, String ip, boolean eof, boolean psync2, boolean snapshotOnly, boolean withoutData) {
  /** Says nothing. */
  static final ReplicaProfile SILENT = new ReplicaProfile(0, "", false, false, false, false);

  ReplicaProfile withPort(int announced) {
    return new ReplicaProfile(announced, ip, eof, psync2, snapshotOnly, withoutData);
  }

  ReplicaProfile withIp(String announced) {
    return new ReplicaProfile(port, announced, eof, psync2, snapshotOnly, withoutData);
  }

  ReplicaProfile withEof() {
    return new ReplicaProfile(port, ip, true, psync2, snapshotOnly, withoutData);
  }

  ReplicaProfile withPsync2() {
    return new ReplicaProfile(port, ip, eof, true, snapshotOnly, withoutData);
  }

  ReplicaProfile withSnapshotOnly(boolean only) {
    return new ReplicaProfile(port, ip, eof, psync2, only, withoutData);
  }

  ReplicaProfile withoutData(boolean without) {
    return new ReplicaProfile(port, ip, eof, psync2, snapshotOnly, without);
  }
}
