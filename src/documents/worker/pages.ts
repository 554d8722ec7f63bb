/** The tree of pages, walked with bounds, and the shape of the graph: how deep it is and whether it runs in circles. */
import { TaskRefused } from '../../platform/workers/worker-messages.ts';
import { DEPTH_MAX, PAGE_EDGE_MAX, PAGES_MAX } from '../limits.ts';
import {
  isDict,
  isReference,
  resolved,
  type Json,
  type JsonDict,
  type ObjectGraph,
} from './object-graph.ts';

/** As it is shown, in points, before it is turned. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
  /** 0, 90, 180 or 270 degrees, clockwise. */
  readonly rotate: number;
}

/** US Letter, which readers take for a page without a box. */
const BOX_DEFAULT: readonly number[] = [0, 0, 612, 792];

interface Inherited {
  readonly box: Json | undefined;
  readonly crop: Json | undefined;
  readonly rotate: Json | undefined;
}

/** Errors: TaskRefused LOOP, TOO_DEEP, TOO_MANY_PAGES, PAGE_TOO_LARGE, NO_PAGES. */
export function pagesOf(graph: ObjectGraph): readonly PageSize[] {
  const root = resolved(graph, graph.trailer['/Root']);
  const pages: PageSize[] = [];
  const none: Inherited = { box: undefined, crop: undefined, rotate: undefined };
  const tree = isDict(root) ? root['/Pages'] : undefined;
  const top = resolved(graph, tree);
  // Without it no program that changes pages can tell which there are.
  if (isDict(top) && Array.isArray(resolved(graph, top['/Kids'])))
    walk(graph, { node: tree, path: [], inherited: none }, pages);
  if (pages.length === 0) throw new TaskRefused('NO_PAGES', 'The document has no pages.');
  return pages;
}

interface Step {
  readonly node: Json | undefined;
  readonly path: readonly string[];
  readonly inherited: Inherited;
}

function walk(graph: ObjectGraph, { node, path, inherited }: Step, pages: PageSize[]): void {
  const dict = resolved(graph, node);
  if (!isDict(dict)) return;
  if (isReference(node) && path.includes(node))
    throw new TaskRefused('LOOP', 'The tree of pages runs in a circle.');
  if (path.length > DEPTH_MAX)
    throw new TaskRefused('TOO_DEEP', `The tree of pages is deeper than ${DEPTH_MAX}.`);
  const own: Inherited = {
    box: dict['/MediaBox'] ?? inherited.box,
    crop: dict['/CropBox'] ?? inherited.crop,
    rotate: dict['/Rotate'] ?? inherited.rotate,
  };
  const kids = resolved(graph, dict['/Kids']);
  if (!Array.isArray(kids)) {
    pages.push(sizeOf(graph, own));
    if (pages.length > PAGES_MAX)
      throw new TaskRefused('TOO_MANY_PAGES', `The document has more than ${PAGES_MAX} pages.`);
    return;
  }
  const below = isReference(node) ? [...path, node] : [...path, ''];
  // safe because an array of JSON holds JSON
  for (const kid of kids as readonly Json[])
    walk(graph, { node: kid, path: below, inherited: own }, pages);
}

function sizeOf(graph: ObjectGraph, { box, crop, rotate }: Inherited): PageSize {
  const media = boxOf(graph, box) ?? BOX_DEFAULT;
  const [left = 0, bottom = 0, right = 0, top = 0] = boxOf(graph, crop) ?? media;
  const width = Math.abs(right - left);
  const height = Math.abs(top - bottom);
  const largest = Math.max(width, height, ...media.map(Math.abs));
  if (largest > PAGE_EDGE_MAX)
    throw new TaskRefused('PAGE_TOO_LARGE', `A page is larger than ${PAGE_EDGE_MAX} points.`);
  const turned = resolved(graph, rotate);
  const degrees = typeof turned === 'number' ? ((turned % 360) + 360) % 360 : 0;
  return { width, height, rotate: degrees % 90 === 0 ? degrees : 0 };
}

function boxOf(graph: ObjectGraph, value: Json | undefined): readonly number[] | null {
  const box = resolved(graph, value);
  if (!Array.isArray(box) || box.length !== 4) return null;
  // safe because an array of JSON holds JSON
  const edges = (box as readonly Json[]).map((edge) => resolved(graph, edge));
  const numbers = edges.filter((edge) => typeof edge === 'number');
  return numbers.length === 4 ? numbers : null;
}

/** Nodes that readers follow without end where they run in a circle. */
const FOLLOWED = ['/Kids', '/Next', '/First'] as const;

/** Errors: TaskRefused LOOP, TOO_DEEP. */
export function requireBoundedShape(graph: ObjectGraph): void {
  for (const { value } of graph.objects.values())
    if (depthOf(value) > DEPTH_MAX)
      throw new TaskRefused('TOO_DEEP', `An object is nested deeper than ${DEPTH_MAX}.`);
  const done = new Set<string>();
  for (const start of graph.objects.keys()) requireNoLoop(graph, start, done);
}

/** Depth first without recursion: chains may have as many links as there are objects. */
function requireNoLoop(graph: ObjectGraph, start: string, done: Set<string>): void {
  if (done.has(start)) return;
  const onPath = new Set<string>([start]);
  const stack = [{ name: start, next: followedFrom(graph, start) }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const name = top.next.pop();
    if (name === undefined) {
      onPath.delete(top.name);
      done.add(top.name);
      stack.pop();
    } else if (onPath.has(name)) {
      throw new TaskRefused('LOOP', 'Objects of the file contain each other in a circle.');
    } else if (!done.has(name)) {
      onPath.add(name);
      stack.push({ name, next: followedFrom(graph, name) });
    }
  }
}

function followedFrom(graph: ObjectGraph, name: string): string[] {
  const object = graph.objects.get(name);
  if (object === undefined || !isDict(object.value)) return [];
  const direct = FOLLOWED.flatMap((key) =>
    object.value === null ? [] : referencesIn(graph, valueAt(object.value, key)),
  );
  if (object.data === null) return direct;
  const resources = resolved(graph, object.value['/Resources']);
  const drawn = isDict(resources) ? resolved(graph, resources['/XObject']) : null;
  return isDict(drawn) ? [...direct, ...Object.values(drawn).filter(isReference)] : direct;
}

function valueAt(value: Json, key: string): Json | undefined {
  return isDict(value) ? value[key] : undefined;
}

function referencesIn(graph: ObjectGraph, value: Json | undefined): readonly string[] {
  if (isReference(value)) {
    const found = graph.objects.get(value)?.value;
    return Array.isArray(found) ? referencesIn(graph, found) : [value];
  }
  // safe because an array of JSON holds JSON
  return Array.isArray(value) ? (value as readonly Json[]).filter(isReference) : [];
}

function depthOf(value: Json, depth = 0): number {
  if (depth > DEPTH_MAX || typeof value !== 'object' || value === null) return depth;
  // safe because both kinds of JSON object hold JSON
  const below = (Array.isArray(value) ? value : Object.values(value as JsonDict)) as Json[];
  return below.reduce<number>((most, each) => Math.max(most, depthOf(each, depth + 1)), depth);
}
