package io.shardquake.node.core.sortedset;

import io.shardquake.node.core.resp.ReplyBuffer;
import io.shardquake.node.core.value.SortedSetValue;

/**
 * Members in a reply, perhaps with their scores: behind each in RESP2, as pairs in RESP3.
 *
 * @param withScores whether scores are asked for
 */
record ScoredReply(ReplyBuffer reply, boolean withScores) implements SortedSetValue.Visitor {
  /** Writes the head for so many members. */
  void begin(int members) {
    reply.array(withScores && !reply.isResp3() ? 2 * members : members);
  }

  @Override
  public void visit(byte[] member, double score) {
    if (withScores && reply.isResp3()) {
      reply.array(2);
    }
    reply.bulk(member);
    if (withScores) {
      reply.real(score);
    }
  }
}
