/* cortex-m.c - Starts a program on a Cortex-M that has nothing but a debugger.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#include <stdint.h>
#include <stdlib.h>

extern uint32_t data_start[], data_end[], data_image[], bss_start[], bss_end[];
extern uint32_t stack_top[];
extern void initialise_monitor_handles(void);
int main(void);

/* What newlib calls at the end of a program. */
void _fini(void) {}

void reset(void) {
  uint32_t *to = data_start, *from = data_image;
  /* The processor may use its registers for floating point, if it has some. */
  *(volatile uint32_t *)0xE000ED88 |= 0xF << 20;
  while (to != data_end)
    *to++ = *from++;
  for (to = bss_start; to != bss_end; ++to)
    *to = 0;
  initialise_monitor_handles();
  exit(main());
}

/* A test that goes wrong ends. */
static void fault(void) { exit(99); }

__attribute__((section(".vectors"),
               used)) static void (*const vectors[])(void) = {
    (void (*)(void))stack_top, reset, fault, fault, fault, fault, fault};
