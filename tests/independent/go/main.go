// Checks a published transparency log with software that shares no code with its writer:
// golang.org/x/mod/sumdb/note and tlog (Debian: golang-golang-x-mod-dev), and Go's own Ed25519.
//
//	checker -vkey KEY [-witness KEY] FOLDER
//
// FOLDER holds `checkpoint` and `tile/` as c2sp.org/tlog-tiles lays them out. It verifies the
// note, reads every tile of the tree through tlog's authenticating reader, hashes every entry,
// builds the whole tree again from the entries, and compares each tile and the root.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func main() {
	vkey := flag.String("vkey", "", "verifier key of the log")
	witness := flag.String("witness", "", "verifier key of a witness that must have cosigned")
	flag.Parse()
	if *vkey == "" || flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: checker -vkey KEY [-witness KEY] FOLDER")
		os.Exit(2)
	}
	if err := check(flag.Arg(0), *vkey, *witness); err != nil {
		fmt.Fprintln(os.Stderr, "REFUSED:", err)
		os.Exit(1)
	}
}

func check(folder, vkey, witness string) error {
	tree, signatures, err := openCheckpoint(folder, vkey, witness)
	if err != nil {
		return err
	}
	entries, err := readEntries(folder, tree.N)
	if err != nil {
		return err
	}
	stored, err := rebuild(entries)
	if err != nil {
		return err
	}
	root, err := tlog.TreeHash(tree.N, stored)
	if err != nil {
		return err
	}
	if tree.N > 0 && root != tree.Hash {
		return fmt.Errorf("the entries have the root %v, the checkpoint says %v", root, tree.Hash)
	}
	tiles, err := compareTiles(folder, tree, stored)
	if err != nil {
		return err
	}
	if err := readThrough(folder, tree, entries); err != nil {
		return err
	}
	fmt.Printf("signatures %d\nentries %d\ntiles %d\nroot %v\n", signatures, tree.N, tiles, tree.Hash)
	return nil
}

func openCheckpoint(folder, vkey, witness string) (tlog.Tree, int, error) {
	var tree tlog.Tree
	data, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return tree, 0, err
	}
	log, err := note.NewVerifier(vkey)
	if err != nil {
		return tree, 0, err
	}
	known := []note.Verifier{log}
	if witness != "" {
		cosigner, err := newCosigner(witness)
		if err != nil {
			return tree, 0, err
		}
		known = append(known, cosigner)
	}
	opened, err := note.Open(data, note.VerifierList(known...))
	if err != nil {
		return tree, 0, err
	}
	if len(opened.Sigs) != len(known) {
		return tree, 0, fmt.Errorf("%d of %d keys signed the checkpoint", len(opened.Sigs), len(known))
	}
	tree, err = parseTree(opened.Text, log.Name())
	return tree, len(opened.Sigs), err
}

func parseTree(text, origin string) (tlog.Tree, error) {
	var tree tlog.Tree
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[0] != origin || lines[3] != "" {
		return tree, errors.New("the note is no checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || strconv.FormatInt(size, 10) != lines[1] || size < 0 {
		return tree, errors.New("the size of the checkpoint is no number")
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return tree, err
	}
	if empty := tlog.Hash(sha256.Sum256(nil)); size == 0 && root != empty {
		return tree, errors.New("an empty tree has another root")
	}
	return tlog.Tree{N: size, Hash: root}, nil
}

// readEntries reads every bundle: each entry behind its length as big-endian uint16.
func readEntries(folder string, size int64) ([][]byte, error) {
	var entries [][]byte
	for first := int64(0); first < size; first += 1 << height {
		width := size - first
		if width > 1<<height {
			width = 1 << height
		}
		path := place(tlog.Tile{H: height, L: -1, N: first >> height, W: int(width)})
		data, err := os.ReadFile(filepath.Join(folder, path))
		if err != nil {
			return nil, err
		}
		for range make([]struct{}, width) {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return nil, fmt.Errorf("%s is too short", path)
			}
			end := 2 + int(binary.BigEndian.Uint16(data))
			entries = append(entries, data[2:end])
			data = data[end:]
		}
		if len(data) > 0 {
			return nil, fmt.Errorf("%s is too long", path)
		}
	}
	return entries, nil
}

type storage []tlog.Hash

func (s storage) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(s)) {
			return nil, fmt.Errorf("no hash %d", index)
		}
		hashes[i] = s[index]
	}
	return hashes, nil
}

func rebuild(entries [][]byte) (storage, error) {
	var stored storage
	for i, entry := range entries {
		hashes, err := tlog.StoredHashes(int64(i), entry, stored)
		if err != nil {
			return nil, err
		}
		stored = append(stored, hashes...)
	}
	return stored, nil
}

// compareTiles compares every tile of the tree with what the entries give.
func compareTiles(folder string, tree tlog.Tree, stored storage) (int, error) {
	tiles := widest(tlog.NewTiles(height, 0, tree.N))
	for _, tile := range tiles {
		expected, err := tlog.ReadTileData(tile, stored)
		if err != nil {
			return 0, err
		}
		found, err := os.ReadFile(filepath.Join(folder, place(tile)))
		if err != nil {
			return 0, err
		}
		if !bytes.Equal(expected, found) {
			return 0, fmt.Errorf("%s is not made of the entries", place(tile))
		}
	}
	return len(tiles), nil
}

// widest keeps the last of the partial tiles of each place: older versions of tlog list every
// width that a log growing by single entries would have had.
func widest(tiles []tlog.Tile) []tlog.Tile {
	var kept []tlog.Tile
	for _, tile := range tiles {
		if last := len(kept) - 1; last >= 0 && kept[last].L == tile.L && kept[last].N == tile.N {
			kept[last] = tile
			continue
		}
		kept = append(kept, tile)
	}
	return kept
}

// readThrough reads every leaf hash as a client does, each tile authenticated by the root.
func readThrough(folder string, tree tlog.Tree, entries [][]byte) error {
	reader := tlog.TileHashReader(tree, files(folder))
	for first := 0; first < len(entries); first += 1 << height {
		last := first + 1<<height
		if last > len(entries) {
			last = len(entries)
		}
		var indexes []int64
		for i := first; i < last; i++ {
			indexes = append(indexes, tlog.StoredHashIndex(0, int64(i)))
		}
		hashes, err := reader.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i, hash := range hashes {
			if hash != tlog.RecordHash(entries[first+i]) {
				return fmt.Errorf("entry %d is not the one in the tree", first+i)
			}
		}
	}
	return nil
}

type files string

func (f files) Height() int { return height }

func (f files) SaveTiles([]tlog.Tile, [][]byte) {}

func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range tiles {
		read, err := os.ReadFile(filepath.Join(string(f), place(tile)))
		if err != nil {
			return nil, err
		}
		data = append(data, read)
	}
	return data, nil
}

// place turns tile/8/0/x001/067.p/1 into tile/0/x001/067.p/1, and the data tiles into bundles.
func place(tile tlog.Tile) string {
	path := strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", height))
	return "tile/" + strings.Replace(path, "data/", "entries/", 1)
}

// cosigner verifies type 0x04 of c2sp.org/tlog-cosignature, which the package note lacks.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func newCosigner(vkey string) (*cosigner, error) {
	fields := strings.SplitN(vkey, "+", 3)
	if len(fields) != 3 {
		return nil, errors.New("the key of the witness is malformed")
	}
	data, err := base64.StdEncoding.DecodeString(fields[2])
	if err != nil || len(data) != 33 || data[0] != 4 {
		return nil, errors.New("the key of the witness is not of type 0x04")
	}
	sum := sha256.Sum256(append([]byte(fields[0]+"\n"), data...))
	if fmt.Sprintf("%x", sum[:4]) != fields[1] {
		return nil, errors.New("the key id of the witness is not that of its key")
	}
	return &cosigner{fields[0], binary.BigEndian.Uint32(sum[:4]), data[1:]}, nil
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }

func (c *cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	head := fmt.Sprintf("cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(sig))
	return ed25519.Verify(c.key, append([]byte(head), msg...), sig[8:])
}
