/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ocr_ring.c - the ring of a round stamp taken out of a black and white scan.
 *
 * In a colour scan a stamp comes off by its colour; in a scan of one bit a pixel only its shape is left. Official
 * stamps are round, 30 to 42 mm wide, with one or two lines as their edge, and stand over the left of title and name.
 * The circle is found by voting (Hough) on a small picture, then fitted on the large one. Its lines are the radii
 * where most directions have ink. A line is taken out as staff lines are in music: where ink goes on at both its
 * sides a stroke of a letter crosses it and stays.
 */
#include "ocr_scan.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SMALL = 4, DIRECTIONS = 96, FINE = 1440 };

struct circle { double x, y, r; };

static const double LEAST_MM = 29, MOST_MM = 43;                               /* across */
static const double RING = 0.55, LINE = 0.42;  /* of the directions have ink: on the edge, on each of its lines; letters of the rim less */

static bool has_ink(PIX *pix, int x, int y)
{
	if (x < 0 || y < 0 || x >= pixGetWidth(pix) || y >= pixGetHeight(pix))
		return false;
	return GET_DATA_BIT(pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix), x) != 0;
}

/* The share of directions that have ink at a circle. */
static double coverage(PIX *pix, struct circle c, int directions)
{
	int seen = 0;
	for (int i = 0; i < directions; i++) {
		double a = 2 * 3.14159265 * i / directions;
		seen += has_ink(pix, (int)lround(c.x + c.r * cos(a)), (int)lround(c.y + c.r * sin(a)));
	}
	return (double)seen / directions;
}

/* The circle that most ink of a small picture lies on; r 0: none. Centres outside the picture are not looked for. */
static struct circle vote(const void *mem, PIX *small, double least, double most)
{
	int w = pixGetWidth(small), h = pixGetHeight(small);
	struct circle best = { 0 };
	double best_votes = 0;
	unsigned short *votes = new_array(mem, unsigned short, (size_t)w * (size_t)h);
	for (double r = least; r <= most; r += 1) {
		int dx[DIRECTIONS], dy[DIRECTIONS];
		for (int i = 0; i < DIRECTIONS; i++) {
			dx[i] = (int)lround(r * cos(2 * 3.14159265 * i / DIRECTIONS));
			dy[i] = (int)lround(r * sin(2 * 3.14159265 * i / DIRECTIONS));
		}
		memset(votes, 0, (size_t)w * (size_t)h * sizeof *votes);
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++)
				if (has_ink(small, x, y))
					for (int i = 0; i < DIRECTIONS; i++) {
						int cx = x + dx[i], cy = y + dy[i];
						if (cx >= 0 && cy >= 0 && cx < w && cy < h)
							votes[(size_t)cy * (size_t)w + (size_t)cx]++;
					}
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++)
				if (votes[(size_t)y * (size_t)w + (size_t)x] > best_votes) {
					best_votes = votes[(size_t)y * (size_t)w + (size_t)x];
					best = (struct circle){ x, y, r };
				}
	}
	return best;
}

/* The best circle near one, in steps of so many pixels. */
static struct circle fit(PIX *pix, struct circle c, int reach, double step)
{
	struct circle best = c;
	double most = -1;
	for (double y = c.y - reach * step; y <= c.y + reach * step; y += step)
		for (double x = c.x - reach * step; x <= c.x + reach * step; x += step)
			for (double r = c.r - reach * step; r <= c.r + reach * step; r += step) {
				struct circle one = { x, y, r };
				double got = coverage(pix, one, 180);
				if (got > most) {
					most = got;
					best = one;
				}
			}
	return best;
}

/* One direction of one line, from radius in to radius out: does a stroke cross it? */
static bool is_crossed(PIX *pix, struct circle c, double a, double in, double out)
{
	double co = cos(a), si = sin(a);
	for (int k = 1; k <= 2; k++)
		if (!has_ink(pix, (int)lround(c.x + (in - k) * co), (int)lround(c.y + (in - k) * si))
		    || !has_ink(pix, (int)lround(c.x + (out + k) * co), (int)lround(c.y + (out + k) * si)))
			return false;
	return true;
}

/* Takes out the line between two radii; from: the picture as it was. */
static void erase(PIX *to, PIX *from, struct circle c, double in, double out)
{
	for (int i = 0; i < FINE; i++) {
		double a = 2 * 3.14159265 * i / FINE;
		if (is_crossed(from, c, a, in, out))
			continue;
		for (double r = in; r <= out; r += 0.5) {
			int x = (int)lround(c.x + r * cos(a)), y = (int)lround(c.y + r * sin(a));
			if (has_ink(to, x, y))
				CLEAR_DATA_BIT(pixGetData(to) + (size_t)y * (size_t)pixGetWpl(to), x);
		}
	}
}

struct Pix *ring_removed(const void *mem, struct Pix *binary, struct box zone, int dpi)
{
	void *scratch = talloc_new(NULL);
	BOX *box = boxCreate((l_int32)zone.x0, (l_int32)zone.y0, (l_int32)(zone.x1 - zone.x0), (l_int32)(zone.y1 - zone.y0));
	PIX *cut = own(scratch, box != NULL ? pixClipRectangle(binary, box, NULL) : NULL, drop_pix), *made = NULL;
	PIX *small = own(scratch, cut != NULL ? pixReduceRankBinaryCascade(cut, 1, 1, 0, 0) : NULL, drop_pix);
	double mm = dpi / 25.4;
	struct circle c = small != NULL ? vote(scratch, small, LEAST_MM / 2 * mm / SMALL, MOST_MM / 2 * mm / SMALL) : (struct circle){ 0 };
	boxDestroy(&box);
	if (c.r > 0) {
		c = (struct circle){ zone.x0 + c.x * SMALL + SMALL / 2.0, zone.y0 + c.y * SMALL + SMALL / 2.0, c.r * SMALL };
		c = fit(binary, c, 3, 2);
		c = fit(binary, c, 2, 0.7);
	}
	if (c.r > 0 && coverage(binary, c, 360) > RING)
		made = pixCopy(NULL, binary);
	for (double r = c.r - 2.6 * mm, in = 0; made != NULL && r <= c.r + 3.4 * mm; r += 0.5) {
		struct circle one = { c.x, c.y, r };
		bool line = coverage(binary, one, 720) > LINE;
		if (line && in == 0)
			in = r;
		if (!line && in > 0) {
			if (r - in < 2 * mm)
				erase(made, binary, c, in - 1, r + 0.5);
			in = 0;
		}
	}
	talloc_free(scratch);
	return own(mem, made, drop_pix);
}
