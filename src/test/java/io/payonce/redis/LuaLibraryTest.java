package io.payonce.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/**
 * Where functions that scripts have in common come to stand: {@code library.lua} beside this class.
 */
class LuaLibraryTest {
  private final LuaLibrary library = new LuaLibrary(LuaLibraryTest.class, "library");

  private String linked(String script) {
    return library.with(script).replaceAll("\\s+", " ").strip();
  }

  @Test
  void what_is_not_named_is_left_out() {
    assertThat(linked("return {'DONE', payment.one, 'one', \"one\"} -- one"))
        .isEqualTo("return {'DONE', payment.one, 'one', \"one\"} -- one");
  }

  @Test
  void what_one_block_names_stands_in_that_block() {
    assertThat(linked("if a then return one() elseif b then return 2 else return 3 end"))
        .isEqualTo(
            "if a then local function one() return 1 end return one() elseif b then return 2 else return 3 end");
  }

  @Test
  void what_several_name_stands_around_them_all() {
    assertThat(linked("if a then x(one()) else y(one()) end return {1}"))
        .isEqualTo(
            "local function one() return 1 end if a then x(one()) else y(one()) end return {1}");
  }

  @Test
  void what_a_condition_names_stands_before_it() {
    assertThat(linked("if one() then x() elseif one() then y() end"))
        .isEqualTo("local function one() return 1 end if one() then x() elseif one() then y() end");
  }

  @Test
  void what_only_a_function_needs_is_made_when_that_is_called() {
    assertThat(linked("return {three()}"))
        .isEqualTo(
            "local function three() local function two() local function one() return 1 end return one() + 1 end"
                + " return two() + 1 end return {three()}");
  }

  @Test
  void nothing_is_made_in_each_round_of_a_loop() {
    String two = "local function one() return 1 end local function two() return one() + 1 end ";
    for (String loop : new String[] {
      "for i = 1, 9 do if a then x(two()) end end",
      "while a do x(two()) end",
      "repeat x(two()) until a",
      "string.gsub(a, b, function(c) return two() end)"
    }) {
      assertThat(linked(loop)).isEqualTo(two + loop);
    }
  }

  @Test
  void what_is_seldom_called_stands_in_each_block_that_names_it() {
    String rare = " local function rare() -- seldom return 'rare' end";
    assertThat(linked("if a then return {rare()} end\nif b then return {rare()} end return {1}"))
        .isEqualTo("if a then" + rare + " return {rare()} end if b then" + rare
            + " return {rare()} end return {1}");
    assertThat(linked("if a then return {rare()} end return {rare()}"))
        .isEqualTo(rare.strip() + " if a then return {rare()} end return {rare()}");
  }

  @Test
  void a_value_is_one_for_all() {
    assertThat(linked("if a then put(1) else x(state) end"))
        .isEqualTo(
            "local state if a then local function put(value) state = value end put(1) else x(state) end");
  }

  @Test
  void a_variable_of_the_same_name_stays_what_it_is() {
    assertThat(linked("local one = 7\nif a then return {one} end return {0}"))
        .endsWith("local one = 7 if a then return {one} end return {0}");
  }

  @Test
  void a_block_without_an_end_is_refused() {
    assertThatThrownBy(() -> library.with("if a then return {1}"))
        .hasMessageContaining("without its end");
  }
}
