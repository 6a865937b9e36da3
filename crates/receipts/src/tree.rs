//! The Merkle tree of RFC 9162, section 2.1, over the hashes of a ledger's events.
//!
//! The leaf of event `n` has index `n - 1`. One hash, the root, stands for all events; a proof of a
//! few hashes shows that one event is among them without showing any other. Left out: keeping the
//! tree (it is built anew from the leaves, two hashes an event) and proofs between two heads (who
//! has the leaves compares roots: [`Tree::root_of`]).

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::bytes;

/// A SHA-256.
pub type Hash = [u8; 32];

/// A tree over the hashes of events 1 to n, with every level at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// The leaves first. A node without a neighbour on its right goes up as it is.
    levels: Vec<Vec<Hash>>,
}

/// What stands for a whole tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The root, lower-case hex.
    pub root: String,
    /// How many events the tree covers.
    pub size: u64,
}

impl Tree {
    /// The tree over `leaves`, the hashes of events 1, 2, 3, … in order.
    #[must_use]
    pub fn new(leaves: Vec<Hash>) -> Self {
        let mut levels = vec![leaves];
        while let Some(below) = levels.last().filter(|level| level.len() > 1) {
            let above = below
                .chunks(2)
                .map(|pair| match pair {
                    [left, right] => node_hash(left, right),
                    alone => alone[0],
                })
                .collect();
            levels.push(above);
        }
        Self { levels }
    }

    /// How many leaves it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.levels[0].len() as u64
    }

    /// Its root; of no leaves, the SHA-256 of nothing.
    #[must_use]
    pub fn root(&self) -> Hash {
        let top = &self.levels[self.levels.len() - 1];
        top.first().copied().unwrap_or_else(empty_root)
    }

    /// Its size and root.
    #[must_use]
    pub fn head(&self) -> Head {
        Head {
            root: bytes::hex(&self.root()),
            size: self.size(),
        }
    }

    /// The leaf at `index`, from 0.
    #[must_use]
    pub fn leaf(&self, index: u64) -> Option<Hash> {
        self.levels[0].get(usize::try_from(index).ok()?).copied()
    }

    /// The inclusion proof of the leaf at `index`, from 0: the neighbours on the way up, lowest first.
    #[must_use]
    pub fn proof(&self, index: u64) -> Option<Vec<Hash>> {
        self.leaf(index)?;
        let at = usize::try_from(index).ok()?;
        let beside = |(height, level): (usize, &Vec<Hash>)| level.get((at >> height) ^ 1).copied();
        Some(self.levels.iter().enumerate().filter_map(beside).collect())
    }

    /// The root of the first `size` leaves, to compare with an older head; none when there are not
    /// so many.
    #[must_use]
    pub fn root_of(&self, size: u64) -> Option<Hash> {
        if size > self.size() {
            return None;
        }
        // The ones of the size are the whole subtrees it is made of, the smallest at the right.
        let size = usize::try_from(size).ok()?;
        let whole = (0..self.levels.len()).filter(|height| size >> height & 1 == 1);
        let root = whole
            .map(|height| self.levels[height][(size >> height) - 1])
            .reduce(|right, left| node_hash(&left, &right));
        Some(root.unwrap_or_else(empty_root))
    }
}

impl Head {
    /// The root's bytes; none unless it is written as 64 lower-case hex digits.
    #[must_use]
    pub fn root(&self) -> Option<Hash> {
        bytes::hash_from_hex(&self.root)
    }
}

/// The hash of a leaf, which is also the hash of an event: SHA-256 of a zero byte and the leaf.
#[must_use]
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    Sha256::new()
        .chain_update([0])
        .chain_update(leaf)
        .finalize()
        .into()
}

/// The root that a leaf's hash and its inclusion proof lead to, in a tree of `size` leaves. None when
/// no such tree can have such a proof: then the proof is too long or too short.
#[must_use]
pub fn root_from_proof(leaf: &Hash, index: u64, size: u64, proof: &[Hash]) -> Option<Hash> {
    if index >= size {
        return None;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    let mut beside = proof.iter();
    while last > 0 {
        if at & 1 == 1 {
            hash = node_hash(beside.next()?, &hash);
        } else if at < last {
            hash = node_hash(&hash, beside.next()?);
        }
        at >>= 1;
        last >>= 1;
    }
    beside.next().is_none().then_some(hash)
}

fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let both = Sha256::new()
        .chain_update([1])
        .chain_update(left)
        .chain_update(right);
    both.finalize().into()
}

fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

#[cfg(test)]
mod tests {
    use ct_merkle::mem_backed_tree::MemoryBackedTree;
    use proptest::prelude::*;

    use super::*;

    fn trees(size: u64) -> (Tree, MemoryBackedTree<Sha256, String>) {
        let mut theirs = MemoryBackedTree::new();
        (0..size).for_each(|n| theirs.push(n.to_string()));
        let leaves = (0..size).map(|n| leaf_hash(n.to_string().as_bytes()));
        (Tree::new(leaves.collect()), theirs)
    }

    fn check(size: u64) {
        let (ours, theirs) = trees(size);
        let root = ours.root();
        assert_eq!(root[..], theirs.root().as_bytes()[..], "the root of {size}");
        for index in 0..size {
            let proof = ours.proof(index).unwrap();
            let at = usize::try_from(index).unwrap();
            assert_eq!(proof.concat(), theirs.prove_inclusion(at).as_bytes());
            let leaf = ours.leaf(index).unwrap();
            assert_eq!(root_from_proof(&leaf, index, size, &proof), Some(root));
        }
        assert_eq!(ours.proof(size), None);
        for smaller in 0..=size {
            assert_eq!(ours.root_of(smaller), Some(trees(smaller).0.root()));
        }
        assert_eq!(ours.root_of(size + 1), None);
    }

    #[test]
    fn every_small_tree_is_that_of_another_implementation() {
        (0..70).for_each(check);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn so_are_bigger_ones(size in 1_u64..3000, at in any::<prop::sample::Index>()) {
            let (ours, theirs) = trees(size);
            prop_assert_eq!(ours.root().to_vec(), theirs.root().as_bytes().to_vec());
            let index = at.index(usize::try_from(size).unwrap());
            let proof = ours.proof(index as u64).unwrap();
            let theirs = theirs.prove_inclusion(index);
            prop_assert_eq!(proof.concat(), theirs.as_bytes());
        }

        #[test]
        fn no_other_leaf_place_size_or_proof_gives_the_root(
            size in 2_u64..200,
            at in any::<prop::sample::Index>(),
            bit in 0_usize..256,
        ) {
            let tree = trees(size).0;
            let index = at.index(usize::try_from(size).unwrap()) as u64;
            let (leaf, proof) = (tree.leaf(index).unwrap(), tree.proof(index).unwrap());
            let root = Some(tree.root());
            let flipped = |hash: Hash| {
                let mut hash = hash;
                hash[bit / 8] ^= 1 << (bit % 8);
                hash
            };
            prop_assert_ne!(root_from_proof(&flipped(leaf), index, size, &proof), root);
            for other in (0..size).filter(|other| *other != index) {
                prop_assert_ne!(root_from_proof(&leaf, other, size, &proof), root);
            }
            for place in 0..proof.len() {
                let mut changed = proof.clone();
                changed[place] = flipped(changed[place]);
                prop_assert_ne!(root_from_proof(&leaf, index, size, &changed), root);
                changed.remove(place);
                prop_assert_ne!(root_from_proof(&leaf, index, size, &changed), root);
            }
            let longer = [proof.clone(), vec![leaf]].concat();
            prop_assert_ne!(root_from_proof(&leaf, index, size, &longer), root);
            prop_assert_eq!(root_from_proof(&leaf, size, size, &proof), None);
        }
    }
}
