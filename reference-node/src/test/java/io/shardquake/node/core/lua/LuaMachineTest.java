package io.shardquake.node.core.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaValue;

/** What scripts can and cannot do to the node that runs them. */
final class LuaMachineTest {
  private final LuaMachine machine = new LuaMachine();

  LuaMachineTest() {
    machine.seal();
  }

  private LuaMachine.Outcome run(String code) {
    LuaValue function = machine.compile(code.getBytes(StandardCharsets.UTF_8), "@test");
    return machine.call(function, LuaValue.NONE);
  }

  @Test
  void endsWhatDoesNotEndByItselfEvenIfItCatchesErrors() {
    machine.limit(10_000);
    assertThat(run("while true do end").outOfTime()).isTrue();
    assertThat(run("while true do pcall(function() while true do end end) end").outOfTime())
        .isTrue();
    assertThat(run("return 1").results().arg1().toint()).isEqualTo(1);
  }

  @Test
  void endsEndlessRecursionAndGoesOn() {
    LuaMachine.Outcome outcome = run("local function f() return f() + 1 end\nreturn f()");
    assertThat(outcome.error().tojstring()).isEqualTo("test:1: stack overflow");
    assertThat(run("return 2").results().arg1().toint()).isEqualTo(2);
  }

  @Test
  void leavesNothingBehindForTheNextScript() {
    run("string.format = nil");
    run("rawset(string, 'format', 1)");
    run("getmetatable('').__index = function() return 7 end");
    assertThat(run("x = 1").failed()).isTrue();
    assertThat(run("return ('%d'):format(3)").results().arg1().tojstring()).isEqualTo("3");
  }

  @Test
  void givesNoWayOut() {
    for (String name : new String[] {"os", "io", "require", "dofile", "luajava", "debug"}) {
      assertThat(run("return " + name).error().tojstring())
          .as(name)
          .contains("nonexistent global variable '" + name + "'");
    }
  }

  @Test
  void namesWhatIsWrongAsLua51Does() {
    assertThat(run("local t = {}\nreturn t.a.b").error().tojstring())
        .isEqualTo("test:2: attempt to index field 'a' (a nil value)");
    assertThat(run("return string.rep()").error().tojstring())
        .isEqualTo("test:1: bad argument #1 to 'rep' (string expected, got no value)");
  }
}
