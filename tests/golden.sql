-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- golden.sql - one answer of `congvan check --format json` as the lines golden.sh compares. Booleans are yes and no,
-- what is missing is -. ANSWER is replaced by the file's path.
.mode list
.separator "\t"
CREATE TABLE a(j); INSERT INTO a VALUES (readfile('ANSWER'));
CREATE TEMP VIEW f AS SELECT key, value AS v, type FROM a, json_each(j, '$.fields');
SELECT '1_ingest', 'container', json_extract(j, '$.container') FROM a;
SELECT '2_extract', key, value FROM a, json_each(j) WHERE key IN ('kind', 'text_source', 'pages');
SELECT '2_extract', key, json_extract(v, '$.value') FROM f WHERE type = 'object';
SELECT '2_extract', key || '@', json_extract(v, '$.source') FROM f WHERE type = 'object';
SELECT '2_extract', f.key, json_extract(e.value, '$.value') FROM f, json_each(f.v) e
	WHERE f.type = 'array' AND f.key NOT IN ('signers', 'citations');
SELECT '2_extract', 'signers', ifnull(json_extract(e.value, '$.value'), '-'),
	ifnull(nullif(json_extract(e.value, '$.authority'), ''), '-'),
	ifnull(nullif(json_extract(e.value, '$.for_title'), ''), '-'),
	ifnull(nullif(json_extract(e.value, '$.title'), ''), '-')
	FROM f, json_each(f.v) e WHERE f.key = 'signers';
SELECT '2_extract', 'citations', ifnull(json_extract(e.value, '$.code'), '-'),
	ifnull(nullif(json_extract(e.value, '$.date'), ''), '-') FROM f, json_each(f.v) e WHERE f.key = 'citations';
SELECT '2_extract', a.k || 's', json_extract(e.value, '$.code'), json_extract(e.value, '$.' || a.k)
	FROM f, json_each(f.v) e, (SELECT 'issuer' k UNION ALL SELECT 'article') a
	WHERE f.key = 'citations' AND json_extract(e.value, '$.' || a.k) IS NOT NULL;
SELECT '2_extract', 'requests', json_extract(r.value, '$.form'), json_extract(r.value, '$.row'), c.key,
	json_extract(c.value, '$.value')
	FROM a, json_each(j, '$.requests') r, json_each(r.value, '$.values') c;
SELECT '3_verify', 'verdict', json_extract(j, '$.verdict') FROM a;
SELECT '3_verify', 'signature', json_extract(s.value, '$.signer.cn'), json_extract(s.value, '$.indication'),
	ifnull(json_extract(s.value, '$.sub_indication'), '-'),
	iif(json_extract(s.value, '$.intact') IS NULL, '-', iif(json_extract(s.value, '$.intact'), 'yes', 'no')),
	iif(json_extract(s.value, '$.valid') IS NULL, '-', iif(json_extract(s.value, '$.valid'), 'yes', 'no')),
	iif(json_extract(s.value, '$.trusted') IS NULL, '-', iif(json_extract(s.value, '$.trusted'), 'yes', 'no')),
	json_extract(s.value, '$.coverage'), json_extract(s.value, '$.changes_after')
	FROM a, json_each(j, '$.signatures') s;
SELECT '4_judge', 'disposition', json_extract(j, '$.disposition') FROM a;
SELECT '4_judge', 'finding', json_extract(e.value, '$.rule'), json_extract(e.value, '$.severity')
	FROM a, json_each(j, '$.findings') e;
