package io.shardquake.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.reports.html.SlotPainting.Segment;
import org.junit.jupiter.api.Test;

final class SlotPaintingTest {
  private static SlotRange slots(int first, int last) {
    return new SlotRange(first, last);
  }

  @Test
  void drawsOneRectangleForWhatDoesNotChange() {
    SlotPainting painting = new SlotPainting();
    for (int at = 0; at < 100; at += 10) {
      painting.begin(at);
      painting.own(slots(0, 16383), 1);
    }
    assertThat(painting.finish(100)).containsExactly(new Segment(0, 16383, 0, 100, 1, ""));
  }

  @Test
  void addsOnlyWhatMovedWhenSlotsMove() {
    SlotPainting painting = new SlotPainting();
    painting.begin(0);
    painting.own(slots(0, 16383), 1);
    painting.begin(50);
    painting.own(slots(0, 16383), 1);
    painting.own(slots(100, 199), 2);
    assertThat(painting.finish(100))
        .containsExactlyInAnyOrder(
            new Segment(100, 199, 0, 50, 1, ""),
            new Segment(0, 99, 0, 100, 1, ""),
            new Segment(100, 199, 50, 100, 2, ""),
            new Segment(200, 16383, 0, 100, 1, ""));
  }

  @Test
  void tellsNoOwnerFromNotSeen() {
    SlotPainting painting = new SlotPainting();
    painting.begin(0);
    painting.ownNothing();
    painting.own(slots(0, 9999), 1);
    painting.begin(50);
    assertThat(painting.finish(100))
        .containsExactlyInAnyOrder(
            new Segment(0, 9999, 0, 50, 1, ""), new Segment(10000, 16383, 0, 50, null, ""));
  }

  @Test
  void marksOpenSlots() {
    SlotPainting painting = new SlotPainting();
    painting.begin(0);
    painting.own(slots(0, 16383), 3);
    painting.open(7, "migrating to n2");
    assertThat(painting.finish(10))
        .contains(new Segment(7, 7, 0, 10, 3, "migrating to n2"))
        .contains(new Segment(8, 16383, 0, 10, 3, ""));
  }
}
