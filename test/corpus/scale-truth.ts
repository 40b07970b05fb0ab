import type { Rect } from '../../src/core/geometry.js';
import type { FrameTruth, PairTruth } from './truth.js';

/** The truth of a picture that is so many times as large. */
export function scaleFrame({ lists, buttons, tabs, numbers, blank }: FrameTruth, by: number): FrameTruth {
  return {
    blank,
    lists: lists?.map(({ region, rows }) => ({
      region: scale(region, by),
      rows: rows.map((row) => ({ ...row, y: by * row.y, height: by * row.height })),
    })),
    buttons: buttons?.map((button) => scale(button, by)),
    tabs: tabs && {
      ...tabs,
      marks: Object.fromEntries(Object.entries(tabs.marks).map(([name, mark]) => [name, scale(mark, by)])),
    },
    numbers: numbers && {
      digits: scale(numbers.digits, by),
      written: numbers.written.map((each) => scale(each, by)),
    },
  };
}

export function scalePair(pair: PairTruth, by: number): PairTruth {
  const { popup, places, scrolled, typed } = pair;
  return {
    ...pair,
    popup: popup && scale(popup, by),
    places: places?.map((place) => scale(place, by)),
    scrolled: scrolled && { region: scale(scrolled.region, by), by: by * scrolled.by },
    typed: typed && { ...typed, region: scale(typed.region, by) },
  };
}

function scale<Box extends Rect>(box: Box, by: number): Box {
  const { x, y, width, height } = box;
  return { ...box, x: by * x, y: by * y, width: by * width, height: by * height };
}
